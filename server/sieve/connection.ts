import 'server-only';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isMailError, MailError } from '#lib/errors.ts';
import type { Account } from '#server/auth/account.ts';
import type { Settings } from '#server/read-settings.ts';
import { mailTlsContext } from '#server/tls-context.ts';
import { sieveArgument, sieveLines } from './lines.ts';
import type { SieveToken } from './lines.ts';

export type SieveServer = NonNullable<Settings['sieve']>;

/** Milliseconds for a whole conversation with the server, from its greeting to its goodbye. */
const deadlineMs = 30_000;

export interface SieveConnection {
  /** Extensions of the language that scripts may require, lower case. */
  extensions: ReadonlySet<string>;
  /** Names of all scripts, and of the one that runs (RFC 5804 section 2.7). */
  listScripts(): Promise<{ names: string[]; active: string | null }>;
  getScript(name: string): Promise<string>;
  /** Throws message-refused where the server finds it wrong (section 2.12), or does not speak of it. */
  checkScript(script: string): Promise<void>;
  putScript(name: string, script: string): Promise<void>;
  /** Null: none runs. */
  setActive(name: string | null): Promise<void>;
  deleteScript(name: string): Promise<void>;
}

interface Answer {
  status: 'OK' | 'NO' | 'BYE';
  /** QUOTA/MAXSIZE and the like (section 1.3), upper case. */
  code: string | null;
  lines: SieveToken[][];
}

/**
 * Runs with a ManageSieve server (RFC 5804) signed in with the person's own password, never without TLS but where the administrator said
 * `none`, which is for a loopback host. Closed afterwards. Throws a MailError; what the server says goes no further.
 */
export async function withSieve<T>(
  server: SieveServer,
  { user }: Pick<Account, 'user'>,
  password: string,
  run: (connection: SieveConnection) => Promise<T>,
): Promise<T> {
  const wire = openWire(server);
  try {
    const capabilities = await greet(wire, server);
    await signIn(wire, capabilities, user, password);
    // Those before are an attacker's word where TLS began later, and a server may offer others to whom it knows.
    const known = server.security === 'none' ? capabilities : toCapabilities(await ask(wire, 'CAPABILITY'));
    const words = (known.get('SIEVE') ?? '').toLowerCase().split(/\s+/);
    return await run(commandsOf(wire, new Set(words)));
  } catch (error) {
    throw toMailError(error);
  } finally {
    wire.end();
  }
}

interface Wire {
  write(text: string): void;
  next(): Promise<SieveToken[]>;
  /** Whether anything came that nobody asked for. */
  hasMore(): boolean;
  restart(): void;
  /** Goes on inside TLS; resolves when the certificate was found good. */
  secure(): Promise<void>;
  opened: Promise<void>;
  end(): void;
}

function openWire({ host, port, security, tlsCa }: SieveServer): Wire {
  const tls = {
    rejectUnauthorized: true,
    servername: /^[\d.]+$|:/.test(host) ? '' : host,
    host,
    secureContext: mailTlsContext(tlsCa),
  };
  const opened = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {}); // It may break after nobody waits for it.
  const waiting: ((line: SieveToken[]) => void)[] = [];
  const arrived: SieveToken[][] = [];
  const onLine = (line: SieveToken[]) => {
    const taker = waiting.shift();
    if (taker) taker(line);
    else arrived.push(line);
  };
  let lines = sieveLines(onLine);
  let socket: Socket;

  const onData = (chunk: Buffer) => {
    try {
      lines.push(chunk);
    } catch (error) {
      fail(error);
    }
  };
  function fail(error: unknown): void {
    failed.reject(error);
    socket.destroy();
  }
  function listen(to: Socket): Socket {
    to.on('data', onData);
    to.on('error', fail);
    to.on('close', () => failed.reject(new MailError('server-unreachable')));
    return to;
  }

  socket =
    security === 'tls'
      ? listen(connectTls({ ...tls, port }, opened.resolve))
      : listen(connect({ host, port }, opened.resolve));
  const timer = setTimeout(() => fail(new MailError('server-timeout')), deadlineMs);
  return {
    opened: Promise.race([opened.promise, failed.promise]),
    write: (text) => void socket.write(text),
    async next() {
      const line = arrived.shift();
      if (line) return line;
      return Promise.race([new Promise<SieveToken[]>((resolve) => waiting.push(resolve)), failed.promise]);
    },
    hasMore: () => arrived.length > 0 || lines.hasRest(),
    restart: () => lines.restart(),
    async secure() {
      const plain = socket;
      plain.removeAllListeners('data');
      lines = sieveLines(onLine);
      const ready = Promise.withResolvers<void>();
      socket = listen(connectTls({ ...tls, socket: plain }, ready.resolve));
      await Promise.race([ready.promise, failed.promise]);
    },
    end() {
      clearTimeout(timer);
      socket.end('LOGOUT\r\n');
      socket.destroySoon();
    },
  };
}

/** Answers the capabilities, from within TLS where the administrator asked for it. */
async function greet(wire: Wire, { security }: SieveServer): Promise<ReadonlyMap<string, string>> {
  await wire.opened;
  const greeted = toCapabilities(await hear(wire));
  if (security !== 'starttls') return greeted;
  if (!greeted.has('STARTTLS')) throw new MailError('starttls-missing');
  await ask(wire, 'STARTTLS');
  // What came behind the answer and before TLS was put there by somebody else (CVE-2011-0411).
  if (wire.hasMore()) throw new MailError('starttls-missing');
  await wire.secure();
  return toCapabilities(await hear(wire));
}

async function signIn(
  wire: Wire,
  capabilities: ReadonlyMap<string, string>,
  user: string,
  password: string,
): Promise<void> {
  const mechanisms = (capabilities.get('SASL') ?? '').toUpperCase().split(/\s+/);
  if (!mechanisms.includes('PLAIN')) throw new MailError('server-unavailable');
  if (/\0/.test(user + password)) throw new MailError('wrong-credentials');
  const response = Buffer.from(`\0${user}\0${password}`).toString('base64');
  wire.restart();
  wire.write(`AUTHENTICATE "PLAIN" ${sieveArgument(response)}\r\n`);
  const { status, code } = await hear(wire);
  if (status === 'OK') return;
  throw new MailError(status === 'BYE' || code === 'TRYLATER' ? 'server-unavailable' : 'wrong-credentials');
}

function commandsOf(wire: Wire, extensions: ReadonlySet<string>): SieveConnection {
  const named = (command: string, name: string) => ask(wire, `${command} ${sieveArgument(name)}`);
  return {
    extensions,
    async listScripts() {
      const { lines } = await ask(wire, 'LISTSCRIPTS');
      const named = lines.flatMap(([name, mark]) =>
        name?.kind === 'text' ? [{ name: name.value, isActive: mark?.value.toUpperCase() === 'ACTIVE' }] : [],
      );
      return { names: named.map(({ name }) => name), active: named.find(({ isActive }) => isActive)?.name ?? null };
    },
    async getScript(name) {
      const { lines } = await named('GETSCRIPT', name);
      return lines[0]?.[0]?.value ?? '';
    },
    async checkScript(script) {
      await named('CHECKSCRIPT', script);
    },
    async putScript(name, script) {
      await ask(wire, `PUTSCRIPT ${sieveArgument(name)} ${sieveArgument(script)}`);
    },
    async setActive(name) {
      await named('SETACTIVE', name ?? '');
    },
    async deleteScript(name) {
      await named('DELETESCRIPT', name);
    },
  };
}

async function ask(wire: Wire, command: string): Promise<Answer> {
  wire.restart();
  wire.write(`${command}\r\n`);
  const answer = await hear(wire);
  if (answer.status === 'OK') return answer;
  if (answer.status === 'BYE' || answer.code === 'TRYLATER') throw new MailError('server-unavailable');
  throw new MailError(answer.code?.startsWith('QUOTA') ? 'over-quota' : 'message-refused');
}

async function hear(wire: Wire): Promise<Answer> {
  const lines: SieveToken[][] = [];
  for (;;) {
    const line = await wire.next();
    const [first, second, third] = line;
    const status = first?.kind === 'word' ? first.value.toUpperCase() : null;
    if (status === 'OK' || status === 'NO' || status === 'BYE') {
      return { status, code: second?.value === '(' ? (third?.value.toUpperCase() ?? null) : null, lines };
    }
    lines.push(line);
  }
}

function toCapabilities({ status, lines }: Answer): ReadonlyMap<string, string> {
  if (status !== 'OK') throw new MailError('server-unavailable');
  return new Map(lines.map(([name, value]) => [name?.value.toUpperCase() ?? '', value?.value ?? '']));
}

function toMailError(thrown: unknown): MailError {
  if (isMailError(thrown)) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const isAboutTls = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_TLS|ERR_SSL|EPROTO/.test(code);
  return new MailError(isAboutTls ? 'certificate-invalid' : 'server-unreachable', { cause: thrown });
}
