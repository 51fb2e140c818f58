import 'server-only';
import { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import type { Account } from '#server/auth/account.ts';
import { runOutside } from '#server/outside-requests.ts';
import { passPlainLines } from './plain-lines.ts';
import { narrowSocket } from './narrow-socket.ts';
import { noteOverlong } from './overlong.ts';
import { refusePreauth } from './protocol.ts';
import { mailTlsContext } from '#server/tls-context.ts';
import { toMailError } from './to-mail-error.ts';

/** Limits against a lying server, in octets. */
const maxLiteralSize = 64 * 1024 * 1024;
const maxResponseSize = 96 * 1024 * 1024;
const maxLineLength = 1024 * 1024;
/** Milliseconds from the first packet to being signed in. */
const signInTimeout = 30_000;

/**
 * Opens and signs in one IMAP connection. CONDSTORE and QRESYNC (RFC 7162) are enabled where the server has them.
 * Throws a MailError; the credentials are sent only after TLS stands as the administrator asked.
 */
export function openConnection(account: Account, password: string): Promise<ImapFlow> {
  return runOutside(() => connect(account, password));
}

async function connect(account: Account, password: string): Promise<ImapFlow> {
  const { security, tlsCa } = env().imap;
  const client = new ImapFlow({
    host: account.host,
    port: account.port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls', // Never undefined: that would be opportunistic.
    tls: {
      rejectUnauthorized: true,
      secureContext: mailTlsContext(tlsCa),
      ...(security === 'tls' ? { socket: narrowSocket(account.host, account.port) } : {}),
    },
    auth: { user: account.user, pass: password },
    logger: false,
    clientInfo: { name: 'Pipit', vendor: 'Pipit' },
    qresync: true,
    disableAutoIdle: true,
    disableCompression: true, // Memory, and it keeps the server from hibernating idle sessions.
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    socketTimeout: 5 * 60_000,
    maxLiteralSize,
    maxResponseSize,
    maxLineLength,
  });
  // Without a listener a reset would end the process; who uses the connection learns of it by `close`.
  client.on('error', () => {});
  noteOverlong(client, account);
  const wasPreauthenticated = refusePreauth(client);
  let isTooSlow = false;
  // The library's limits are for each step; a server that answers one octet a second keeps all of them.
  const timer = setTimeout(() => {
    isTooSlow = true;
    client.close();
  }, signInTimeout);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    // PREAUTH: the server let someone in before any credential was shown; who, nobody can say.
    if (wasPreauthenticated()) throw new MailError('preauth-refused', { cause: error });
    if (isTooSlow) throw new MailError('server-timeout', { cause: error });
    throw toMailError(error);
  } finally {
    clearTimeout(timer);
  }
  passPlainLines(client);
  return client;
}

/** Says goodbye where the server still listens, else just closes; never throws and takes at most two seconds. */
export async function closeConnection(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close();
  const timer = setTimeout(() => client.close(), 2_000);
  try {
    await client.logout();
  } catch {
    client.close();
  } finally {
    clearTimeout(timer);
  }
}
