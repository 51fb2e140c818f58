import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerAddress } from 'smtp-server';

/** A message that the server took. */
export interface TakenMessage {
  from: string;
  to: string[];
  raw: Buffer;
  /** Arguments of MAIL FROM and of each RCPT TO, such as SIZE and NOTIFY. */
  mailArgs: Record<string, string | true>;
  rcptArgs: Record<string, string | true>[];
  user: string;
}

/** What the server does; may be changed while it runs. */
export interface SubmissionScript {
  password: string;
  /** The answer to a recipient: null takes it. */
  onRecipient: (address: string) => { code: number; text: string } | null;
  onSender: (address: string) => { code: number; text: string } | null;
  /** After the last octet: answer as usual, refuse, or take the message and break the line without a word. */
  onMessage: (message: TakenMessage) => 'take' | 'take-and-break' | 'break' | { code: number; text: string };
  /** Milliseconds before the answer to a message. */
  answerAfter: number;
}

export interface ScriptedSubmission {
  port: number;
  script: SubmissionScript;
  taken: TakenMessage[];
  /** Resolves when as many messages were taken. */
  until(count: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ScriptedOptions {
  size?: number;
  utf8?: boolean;
  port?: number;
  tls?: { cert: string; key: string; implicit: boolean };
}

/** A real SMTP server (npm smtp-server) that keeps what it takes and misbehaves as told. */
export async function startScriptedSubmission({ size = 50_000_000, utf8 = true, port = 0, tls }: ScriptedOptions = {}): Promise<ScriptedSubmission> {
  const script: SubmissionScript = {
    password: 'kingfisher',
    onRecipient: () => null,
    onSender: () => null,
    onMessage: () => 'take',
    answerAfter: 0,
  };
  const taken: TakenMessage[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const refuse = ({ code, text }: { code: number; text: string }) => Object.assign(new Error(text), { responseCode: code });
  const argsOf = ({ args }: SMTPServerAddress) => (args || {}) as Record<string, string | true>;
  const server = new SMTPServer({
    size,
    hideDSN: false,
    hideSMTPUTF8: !utf8,
    allowInsecureAuth: !tls,
    disabledCommands: tls ? [] : ['STARTTLS'],
    ...(tls ? { cert: readFileSync(tls.cert), key: readFileSync(tls.key), secure: tls.implicit } : {}),
    onAuth({ username = '', password = '' }, _session, done) {
      if (password === script.password) done(null, { user: username });
      else done(refuse({ code: 535, text: '5.7.8 Wrong' }));
    },
    onMailFrom({ address }, _session, done) {
      const no = script.onSender(address);
      done(no ? refuse(no) : null);
    },
    onRcptTo({ address }, _session, done) {
      const no = script.onRecipient(address);
      done(no ? refuse(no) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(refuse({ code: 552, text: '5.3.4 Too large' }));
        const { mailFrom, rcptTo } = session.envelope;
        const message: TakenMessage = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
          mailArgs: mailFrom ? argsOf(mailFrom) : {},
          rcptArgs: rcptTo.map(argsOf),
          user: String(session.user),
        };
        const what = script.onMessage(message);
        if (typeof what === 'object') return done(refuse(what));
        if (what !== 'break') {
          taken.push(message);
          for (const one of waiting) if (taken.length >= one.count) one.resolve();
        }
        if (what !== 'take') {
          for (const connection of server.connections) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
          return;
        }
        setTimeout(() => done(null, '2.0.0 Taken'), script.answerAfter);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  if (!address || typeof address === 'string') throw new Error('The submission server has no port');
  return {
    port: address.port,
    script,
    taken,
    until: (count) =>
      taken.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
