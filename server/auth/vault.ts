import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * The envelope around a session's password. The key is made of a half that only the cookie holds and a
 * half that only the server holds, so the store alone, the cookie alone and the server's secrets alone open nothing.
 */
const version = 'pipit-session-v1';

/** What the browser holds: a name for the row and half of its key. 64 octets, base64url. */
export interface SessionCookie {
  id: Buffer;
  clientKey: Buffer;
}

export interface Envelope {
  ciphertext: Buffer;
  nonce: Buffer;
  /** Which of the server's secrets it was made with. */
  keyId: string;
}

/** What the ciphertext is bound to: it opens for this session of this account only. */
export interface EnvelopeContext {
  idHash: string;
  accountKey: string;
}

export function makeCookie(): SessionCookie {
  return { id: randomBytes(32), clientKey: randomBytes(32) };
}

export function formatCookie({ id, clientKey }: SessionCookie): string {
  return Buffer.concat([id, clientKey]).toString('base64url');
}

/** Null for anything that is not exactly such a cookie. */
export function parseCookie(text: string): SessionCookie | null {
  if (!/^[A-Za-z0-9_-]{86}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 64 ? { id: bytes.subarray(0, 32), clientKey: bytes.subarray(32) } : null;
}

export function hashSessionId(id: Buffer): string {
  return createHash('sha256').update(id).digest('base64url');
}

export function keyIdOf(secret: string): string {
  return createHash('sha256').update(`${version}:${secret}`).digest('base64url').slice(0, 12);
}

export function seal(password: string, cookie: SessionCookie, secret: string, context: EnvelopeContext): Envelope {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(cookie, secret, context), nonce);
  cipher.setAAD(associatedData(context));
  const ciphertext = Buffer.concat([cipher.update(password, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext, nonce, keyId: keyIdOf(secret) };
}

/** Null when the secret is not among the server's, or anything was changed. */
export function open(
  envelope: Envelope,
  cookie: SessionCookie,
  secrets: string[],
  context: EnvelopeContext,
): string | null {
  const secret = secrets.find((candidate) => keyIdOf(candidate) === envelope.keyId);
  if (!secret || envelope.ciphertext.length < 16) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', deriveKey(cookie, secret, context), envelope.nonce);
    decipher.setAAD(associatedData(context));
    decipher.setAuthTag(envelope.ciphertext.subarray(-16));
    const text = Buffer.concat([decipher.update(envelope.ciphertext.subarray(0, -16)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    return null;
  }
}

/** A key for what a session keeps on disk, 32 octets. It needs the cookie's half: without the cookie nobody reads it. */
export function deriveStorageKey(cookie: SessionCookie, secret: string, idHash: string): Buffer {
  const serverKey = createHash('sha256').update(secret).digest();
  return Buffer.from(hkdfSync('sha256', Buffer.concat([cookie.clientKey, serverKey]), idHash, 'pipit-storage-v1', 32));
}

function deriveKey({ clientKey }: SessionCookie, secret: string, { idHash }: EnvelopeContext): Buffer {
  const serverKey = createHash('sha256').update(secret).digest();
  return Buffer.from(hkdfSync('sha256', Buffer.concat([clientKey, serverKey]), idHash, version, 32));
}

function associatedData({ idHash, accountKey }: EnvelopeContext): Buffer {
  return Buffer.from(JSON.stringify([version, accountKey, idHash]));
}
