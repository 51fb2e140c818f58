import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What a scripted server says to a command, for servers that nobody can install: untagged lines as they stand, and at the end
 * "OK …", "NO …" or "BAD …" without the tag (OK where there is none). "BYE" lines close. Null: what any server says.
 */
export type Script = (command: string, rest: string, connection: number) => string[] | null;

export interface ScriptedServer {
  port: number;
  /** Every line of every client so far, without tags and passwords. */
  heard(): string[];
  /** Says an untagged line to every client, whatever they do. */
  say(line: string): void;
  /** Ends every client's line. */
  cut(): void;
  close(): Promise<void>;
}

export interface ScriptedServerOptions {
  greeting?: string;
  /** Said after LOGIN and to CAPABILITY. */
  capabilities?: string;
  /** Connections at once; one more is closed without a word. */
  places?: number;
}

const twoWords = /^(UID|AUTHENTICATE) /;

/** An IMAP server of a few lines: signs anybody in, and leaves the rest to the script. */
export async function startScriptedServer(
  script: Script,
  options: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  const { greeting = '* OK Ready', capabilities = 'IMAP4rev1', places = Infinity } = options;
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  let connections = 0;

  function usual(command: string): string[] {
    if (command === 'CAPABILITY') return [`* CAPABILITY ${capabilities}`];
    if (command === 'LOGOUT') return ['* BYE Goodbye'];
    if (command === 'IDLE') return ['+ idling'];
    return ['LOGIN', 'NOOP', 'ID', 'NAMESPACE', 'ENABLE'].includes(command)
      ? []
      : [`BAD ${command} is not in the script`];
  }

  function converse(socket: Socket): void {
    const connection = (connections += 1);
    let idleTag: string | null = null;
    const write = (line: string) => socket.write(`${line}\r\n`, 'latin1');
    const onLine = (line: string) => {
      const [tag = '', ...words] = line.split(' ');
      if (idleTag && /^DONE$/i.test(line)) {
        write(`${idleTag} OK Done`);
        idleTag = null;
        return;
      }
      const text = words.join(' ');
      const named = twoWords.test(text.toUpperCase()) ? words.slice(0, 2) : words.slice(0, 1);
      const command = named.join(' ').toUpperCase();
      const rest = words.slice(named.length).join(' ');
      heard.push(command === 'LOGIN' ? command : text);
      const lines = script(command, rest, connection) ?? usual(command);
      const isIdle = command === 'IDLE' && lines.some((said) => said.startsWith('+'));
      const isAnswered = lines.some((said) => /^(OK|NO|BAD) /.test(said));
      for (const said of lines) write(/^(OK|NO|BAD) /.test(said) ? `${tag} ${said}` : said);
      if (isIdle) idleTag = tag;
      else if (!isAnswered) write(`${tag} OK Completed`);
      if (lines.some((said) => said.startsWith('* BYE'))) socket.end();
    };
    readLines(socket, onLine, () => write('+ Go on'));
    write(greeting);
  }

  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (sockets.size > places) return void socket.end();
    converse(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port, // True: it listens on TCP.
    heard: () => heard,
    say(line) {
      for (const socket of sockets) socket.write(`${line}\r\n`, 'latin1');
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

/** Lines with the literals in them (RFC 9051 section 4.3), each asked for by `onLiteral`. */
function readLines(socket: Socket, onLine: (line: string) => void, onLiteral: () => void): void {
  let buffered = '';
  let line = '';
  let literal = 0;
  socket.on('data', (chunk) => {
    buffered += chunk.toString('latin1');
    for (;;) {
      if (literal > 0) {
        if (buffered.length < literal) return;
        line += buffered.slice(0, literal);
        buffered = buffered.slice(literal);
        literal = 0;
      }
      const end = buffered.indexOf('\r\n');
      if (end < 0) return;
      line += buffered.slice(0, end);
      buffered = buffered.slice(end + 2);
      const [, octets, plus] = /\{(\d+)(\+?)\}$/.exec(line) ?? [];
      if (octets) {
        literal = Number(octets);
        if (!plus) onLiteral();
        continue;
      }
      const whole = line;
      line = '';
      onLine(whole);
    }
  });
}
