import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { encodeModifiedUtf7 } from './modified-utf7.ts';

/**
 * A bare IMAP connection for tests, seeding and measuring: sends lines, gives back everything up to the tagged answer.
 * Mailbox names of `append` and `create` are as people write them; in `command` they are as they travel (`quoteName`).
 */
export interface RawImap {
  command(line: string): Promise<string>;
  append(mailbox: string, messages: RawMessage[]): Promise<void>;
  /** Makes the mailbox with the parents it needs and subscribes to it. */
  create(mailbox: string): Promise<void>;
  close(): void;
}

export interface RawMessage {
  raw: Buffer;
  flags?: string[];
  internalDate?: Date;
}

/** `tls`: the port speaks TLS from the first octet, with a certificate that is not checked. */
export async function connectRawImap(port: number, user: string, password: string, { tls = false } = {}): Promise<RawImap> {
  const socket = tls ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }) : connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const read = reader(socket);
  await read.until(/^\* OK.*\r\n/m);
  let counter = 0;

  async function tagged(tag: string): Promise<string> {
    const text = await read.until(new RegExp(`^${tag} (OK|NO|BAD)[^\\r\\n]*\\r\\n`, 'm'));
    if (!new RegExp(`^${tag} OK`, 'm').test(text)) throw new Error(text.slice(-500));
    return text;
  }

  async function command(line: string): Promise<string> {
    const tag = `r${(counter += 1)}`;
    socket.write(`${tag} ${line}\r\n`);
    return tagged(tag);
  }

  await command(`LOGIN ${quote(user)} ${quote(password)}`);
  return {
    command,
    /** One MULTIAPPEND (RFC 3502) with non-synchronising literals (RFC 7888) per 500 messages: nothing waits for a "+". */
    async append(mailbox, messages) {
      for (let from = 0; from < messages.length; from += 500) {
        const tag = `r${(counter += 1)}`;
        socket.write(`${tag} APPEND ${quoteName(mailbox)}`);
        for (const { raw, flags = [], internalDate } of messages.slice(from, from + 500)) {
          const date = internalDate ? ` ${quote(imapDate(internalDate))}` : '';
          socket.write(` (${flags.join(' ')})${date} {${raw.length}+}\r\n`);
          socket.write(raw);
        }
        socket.write('\r\n');
        await tagged(tag);
      }
    },
    async create(mailbox) {
      await command(`CREATE ${quoteName(mailbox)}`);
      await command(`SUBSCRIBE ${quoteName(mailbox)}`);
    },
    close: () => socket.destroy(),
  };
}

/** A quoted string (RFC 9051 section 4.3). */
function quote(text: string): string {
  return `"${text.replace(/(["\\])/g, '\\$1')}"`;
}

/** A mailbox name as it travels. */
export function quoteName(mailbox: string): string {
  return quote(encodeModifiedUtf7(mailbox));
}

/** date-time of RFC 9051 section 9. */
function imapDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][date.getUTCMonth()];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${two(date.getUTCDate())}-${month}-${date.getUTCFullYear()} ${time} +0000`;
}

function reader(socket: Socket): { until(end: RegExp): Promise<string> } {
  let buffered: Buffer[] = [];
  let tail = '';
  let waiting: { end: RegExp; resolve: (text: string) => void; reject: (error: Error) => void } | null = null;
  const check = () => {
    if (!waiting || !waiting.end.test(tail)) return;
    const text = Buffer.concat(buffered).toString('latin1');
    buffered = [];
    tail = '';
    const { resolve } = waiting;
    waiting = null;
    resolve(text);
  };
  socket.on('data', (chunk) => {
    buffered.push(chunk);
    tail = (tail + chunk.toString('latin1')).slice(-2000);
    check();
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('closed')));
  return {
    until: (end) =>
      new Promise((resolve, reject) => {
        waiting = { end, resolve, reject };
        check();
      }),
  };
}
