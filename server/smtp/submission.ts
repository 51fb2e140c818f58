import 'server-only';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Account } from '#server/auth/account.ts';
import { env } from '#server/env.ts';
import { mailTlsContext } from '#server/tls-context.ts';
import { toMailError } from './to-mail-error.ts';

/** Milliseconds; between two answers, RFC 5321 section 4.5.3.2 asks for patience after the last octet of a message. */
const timeouts = { connectionTimeout: 20_000, greetingTimeout: 30_000, dnsTimeout: 15_000, socketTimeout: 10 * 60_000 };

export interface Extensions {
  /** Octets (RFC 1870); null where the server names no limit. */
  maxSize: number | null;
  utf8: boolean;
  dsn: boolean;
}

/**
 * Runs with a connection to the submission server (RFC 6409) that greeted and, as the administrator asked, stands on TLS
 * with a verified certificate. It is closed afterwards. Throws a MailError.
 */
export async function withSubmission<T>(run: (connection: SMTPConnection) => Promise<T>): Promise<T> {
  const { smtp, appUrl } = env();
  const connection = new SMTPConnection({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls', // Never left out: that would be opportunistic.
    ignoreTLS: smtp.security === 'none',
    tls: { rejectUnauthorized: true, secureContext: mailTlsContext(smtp.tlsCa) },
    name: appUrl.hostname,
    ...timeouts,
  });
  const { promise: broken, reject: breakOff } = Promise.withResolvers<never>();
  broken.catch(() => {}); // It may break after nobody waits for it.
  connection.on('error', breakOff);
  try {
    await Promise.race([
      broken,
      new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))),
    ]);
    return await Promise.race([run(connection), broken]);
  } catch (error) {
    throw toMailError(error);
  } finally {
    connection.close();
  }
}

/** Signs in with the session's own credentials; throws wrong-credentials. */
export async function logIn(connection: SMTPConnection, account: Account, password: string): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    connection.login({ user: account.user, pass: password }, (error) => (error ? reject(error) : resolve())),
  );
}

/** What the server said to EHLO. The members are internal to nodemailer, whose version is pinned; tests/imap/send.test.ts holds them. */
export function extensionsOf(connection: SMTPConnection): Extensions {
  const inner = connection as unknown as { _supportedExtensions: string[]; _maxAllowedSize: number };
  return {
    maxSize: inner._maxAllowedSize || null,
    utf8: inner._supportedExtensions.includes('SMTPUTF8'),
    dsn: inner._supportedExtensions.includes('DSN'),
  };
}
