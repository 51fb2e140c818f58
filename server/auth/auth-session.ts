import 'server-only';
import { cookies } from 'next/headers';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import {
  deleteLapsedSessionRow,
  deleteSessionRow,
  deleteSessionRowsBeyond,
  findSessionRow,
  insertSessionRow,
  resealSessionRow,
  touchSessionRow,
} from '#server/store/session-rows.ts';
import type { IdleLimits } from '#server/store/session-rows.ts';
import { accountKey } from './account.ts';
import type { Account } from './account.ts';
import { tellSessionEnded } from './session-ended.ts';
import { sessionCookieName, sessionCookieOf } from './session-cookie.ts';
import {
  deriveStorageKey,
  formatCookie,
  hashSessionId,
  keyIdOf,
  makeCookie,
  open,
  parseCookie,
  seal,
} from './vault.ts';

/** Who is signed in. Lives for one request; the password is in no other place but the connections made with it. */
export interface AuthSession {
  /** Hash of the secret id: names the session, opens nothing, may be logged. */
  id: string;
  account: Account;
  password: string;
  publicComputer: boolean;
  /** Seals what the session keeps on disk, such as uploads; made from the cookie's half, stored nowhere. */
  storageKey: Buffer;
}

/** What a session begins with besides whose it is. */
export interface SessionStart {
  kind: 'normal' | 'kept' | 'public';
  /** Browser and system, such as "Firefox, Linux". */
  device: string;
  /** The client's IP address, or empty. */
  place: string;
}

/** Sessions an account may have; the one used longest ago ends first. */
const maxSessions = 20;
/** Writing "seen" at every request would be a write per click; this part of the idle time is precise enough. */
const touchesPerIdleTime = 30;

/** Stores a session whose password was just proven; answers the cookie's value, which is never stored. */
export function createAuthSession(account: Account, password: string, { kind, device, place }: SessionStart): string {
  const cookie = makeCookie();
  const idHash = hashSessionId(cookie.id);
  const key = accountKey(account);
  const now = Date.now();
  const [secret = ''] = env().secrets;
  const envelope = seal(password, cookie, secret, { idHash, accountKey: key });
  insertSessionRow({
    id_hash: idHash,
    account_key: key,
    ...account,
    ciphertext: envelope.ciphertext,
    nonce: envelope.nonce,
    key_id: envelope.keyId,
    public_computer: kind === 'public' ? 1 : 0,
    created_at: now,
    seen_at: now,
    expires_at: now + longestSession(kind) * 1000,
    kept: kind === 'kept' ? 1 : 0,
    device,
    place,
    // Whoever closes the page before its first feed stands has closed it all the same.
    stream_at: kind === 'public' ? now : null,
  });
  for (const ended of deleteSessionRowsBeyond(maxSessions, key)) tellSessionEnded(ended);
  return formatCookie(cookie);
}

/**
 * Opens the session that a cookie's value names; null when there is none, it ran out, or it cannot be opened. `passive`
 * requests (whatever a page may ask for by itself) do not count as use.
 */
export function openAuthSession(value: string | undefined, options: { passive?: boolean } = {}): AuthSession | null {
  const cookie = value ? parseCookie(value) : null;
  if (!cookie) return null;
  const idHash = hashSessionId(cookie.id);
  const row = findSessionRow(idHash);
  if (!row) return null;
  const now = Date.now();
  const publicComputer = row.public_computer === 1;
  const limits = idleLimits();
  const idle = publicComputer ? limits.public : row.kept === 1 ? limits.kept : limits.normal;
  if (now >= row.expires_at || now >= row.seen_at + idle) {
    deleteLapsedSessionRow(idHash, now);
    tellSessionEnded(idHash, 'lapsed');
    return null;
  }
  const account: Account = { host: row.host, port: row.port, user: row.user };
  const context = { idHash, accountKey: accountKey(account) };
  const envelope = { ciphertext: Buffer.from(row.ciphertext), nonce: Buffer.from(row.nonce), keyId: row.key_id };
  const { secrets } = env();
  const password = open(envelope, cookie, secrets, context);
  if (password === null) return null;
  const [active = ''] = secrets;
  if (row.key_id !== keyIdOf(active)) {
    const resealed = seal(password, cookie, active, context);
    resealSessionRow({
      id_hash: idHash,
      ciphertext: resealed.ciphertext,
      nonce: resealed.nonce,
      key_id: resealed.keyId,
    });
  }
  if (!options.passive && now - row.seen_at > idle / touchesPerIdleTime) touchSessionRow(idHash, now);
  const storageKey = deriveStorageKey(cookie, active, idHash);
  return { id: idHash, account, password, publicComputer, storageKey };
}

/** The session of the request at hand, or null. */
export async function findAuthSession(options: { passive?: boolean } = {}): Promise<AuthSession | null> {
  const jar = await cookies();
  return openAuthSession(jar.get(sessionCookieName())?.value, options);
}

/** The session that a request's headers name; throws not-signed-in. */
export function requireAuthSessionOf(headers: Headers, options: { passive?: boolean } = {}): AuthSession {
  const session = openAuthSession(sessionCookieOf(headers), options);
  if (!session) throw new MailError('not-signed-in');
  return session;
}

/** The session of the request at hand; throws not-signed-in. */
export async function requireAuthSession(options: { passive?: boolean } = {}): Promise<AuthSession> {
  const session = await findAuthSession(options);
  if (!session) throw new MailError('not-signed-in');
  return session;
}

/**
 * Seals another, proven password into the session of the request at hand; its cookie, age and limits stay. Throws
 * not-signed-in.
 */
export async function renewAuthSession(password: string): Promise<AuthSession> {
  const session = await requireAuthSession();
  const cookie = parseCookie((await cookies()).get(sessionCookieName())?.value ?? '');
  if (!cookie) throw new MailError('not-signed-in');
  const [active = ''] = env().secrets;
  const sealed = seal(password, cookie, active, { idHash: session.id, accountKey: accountKey(session.account) });
  resealSessionRow({ id_hash: session.id, ciphertext: sealed.ciphertext, nonce: sealed.nonce, key_id: sealed.keyId });
  return { ...session, password };
}

/** Seconds a session lasts at most. */
export function longestSession(kind: SessionStart['kind']): number {
  const { absolute, keptAbsolute, publicAbsolute } = env().session;
  return { normal: absolute, kept: keptAbsolute, public: publicAbsolute }[kind];
}

export function idleLimits(): IdleLimits {
  const { idle, keptIdle, publicIdle } = env().session;
  return { normal: idle * 1000, kept: keptIdle * 1000, public: publicIdle * 1000 };
}

/** Deletes the row and tells everyone who holds something for the session. */
export function endAuthSession(idHash: string): void {
  deleteSessionRow(idHash);
  tellSessionEnded(idHash);
}
