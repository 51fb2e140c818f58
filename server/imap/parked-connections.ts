import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import { singleton } from '#server/singleton.ts';
import { closeConnection } from './connection.ts';

/** How long the connection that proved a password waits for its session's first page, in milliseconds. */
const parkedFor = 10_000;

interface Parked {
  client: ImapFlow;
  proof: Buffer;
  timer: NodeJS.Timeout;
}

const parked = singleton('parked-connections', () => new Map<string, Parked>());

/** Keeps the connection a sign-in opened, so that the page that follows need not open another. */
export function parkConnection(account: Account, password: string, client: ImapFlow): void {
  const key = accountKey(account);
  discard(key);
  const timer = setTimeout(() => discard(key), parkedFor);
  timer.unref();
  parked.set(key, { client, proof: digest(password), timer });
}

/** Hands the parked connection to whoever knows the same password, once. */
export function takeParkedConnection(account: Account, password: string): ImapFlow | null {
  const key = accountKey(account);
  const found = parked.get(key);
  if (!found || !timingSafeEqual(found.proof, digest(password))) return null;
  clearTimeout(found.timer);
  parked.delete(key);
  return found.client.usable ? found.client : null;
}

function discard(key: string): void {
  const found = parked.get(key);
  if (!found) return;
  clearTimeout(found.timer);
  parked.delete(key);
  void closeConnection(found.client);
}

function digest(password: string): Buffer {
  return createHash('sha256').update(password).digest();
}
