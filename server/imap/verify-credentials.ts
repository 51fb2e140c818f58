import 'server-only';
import type { Account } from '#server/auth/account.ts';
import { openConnection } from './connection.ts';
import { parkConnection } from './parked-connections.ts';

/**
 * Proves a password by a real IMAP login; the connection waits a moment for the session's first page. Throws MailError wrong-credentials,
 * server-unreachable, server-timeout, certificate-invalid, starttls-missing, preauth-refused, too-many-connections or
 * server-unavailable.
 */
export async function verifyCredentials(account: Account, password: string): Promise<void> {
  parkConnection(account, password, await openConnection(account, password));
}
