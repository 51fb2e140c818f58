import { readFileSync } from 'node:fs';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import type { MailUser } from './start-mail-server.ts';

export interface SubmissionOptions {
  /** Of the Dovecot that keeps the mail. */
  lmtpPort: number;
  users: Pick<MailUser, 'user' | 'password'>[];
  /** 0 or nothing takes a free one. */
  port?: number;
  /** Files with certificate chain and key; with them STARTTLS is offered and demanded before AUTH. */
  tls?: { cert: string; key: string };
}

export interface Submission {
  port: number;
  stop(): Promise<void>;
}

const sizeLimit = 50 * 1024 * 1024;

/** A mail submission server (RFC 6409) that hands each accepted message to Dovecot's LMTP (RFC 2033): mail to oneself arrives. */
export async function startSubmission({ lmtpPort, users, port = 0, tls }: SubmissionOptions): Promise<Submission> {
  const isLocal = (address: string) => users.some(({ user }) => user.toLowerCase() === address.toLowerCase());
  const options: SMTPServerOptions = {
    banner: 'Pipit demo submission',
    size: sizeLimit,
    allowInsecureAuth: !tls,
    disabledCommands: tls ? [] : ['STARTTLS'],
    ...(tls ? { cert: readFileSync(tls.cert), key: readFileSync(tls.key) } : {}),
    onAuth({ username = '', password = '' }, _session, done) {
      const known = users.some(({ user, password: right }) => user === username && right === password);
      if (known) done(null, { user: username });
      else done(smtpError(535, '5.7.8 Wrong address or password'));
    },
    onMailFrom({ address }, session, done) {
      if (address.toLowerCase() === String(session.user).toLowerCase()) done();
      else done(smtpError(553, '5.7.1 You may only send as yourself'));
    },
    onRcptTo({ address }, _session, done) {
      if (isLocal(address)) done();
      else done(smtpError(550, '5.1.1 This server delivers to its own people only: no such person here'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(smtpError(552, '5.3.4 The message is too large'));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        deliver(lmtpPort, from, rcptTo.map(({ address }) => address), Buffer.concat(chunks)).then(
          () => done(null, '2.0.0 Delivered'),
          (error: unknown) => {
            // What nodemailer rejects with carries the server's answer, when there was one.
            const { responseCode = 451, response = '4.3.0 The mail store does not answer' } = error as {
              responseCode?: number;
              response?: string;
            };
            done(smtpError(responseCode, response));
          },
        );
      });
    },
  };
  const server = new SMTPServer(options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', () => {}); // A client that hangs up in the middle is no failure of ours.
  const address = server.server.address();
  if (!address || typeof address === 'string') throw new Error('The submission server has no port');
  return {
    port: address.port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Delivers one message through LMTP; rejects with nodemailer's error when the store refuses any recipient. */
export async function deliver(lmtpPort: number, from: string, to: string[], raw: Buffer): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true, name: 'localhost' });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    await new Promise<void>((resolve, reject) => {
      connection.send({ from, to }, raw, (error, info) => {
        if (error) return reject(error);
        if (info.rejected.length > 0) return reject(info.rejectedErrors?.[0] ?? new Error('refused'));
        resolve();
      });
    });
  } finally {
    connection.close();
  }
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
