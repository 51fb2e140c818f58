import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { keyIdOf } from './vault.ts';

/**
 * The envelope around what sends a message while its person may be away: it opens with the server's secret alone, since nobody
 * brings a cookie then. Whoever has store and secret reads it; therefore it lives only until the message is sent or taken back,
 * and on a public computer never longer than the moments of undoing.
 */
const version = 'pipit-job-v1';

export interface SealedJob {
  keyId: string;
  nonce: Buffer;
  sealed: Buffer;
}

export function sealJob(value: unknown, id: string, secret: string): SealedJob {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, id), nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId: keyIdOf(secret), nonce, sealed };
}

/** What was sealed; null when the secret is not among the server's any more, or anything was changed. */
export function openJob({ keyId, nonce, sealed }: SealedJob, id: string, secrets: readonly string[]): unknown {
  const secret = secrets.find((candidate) => keyIdOf(candidate) === keyId);
  if (!secret || sealed.length < 16) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, id), nonce).setAAD(Buffer.from(id));
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8');
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function keyFor(secret: string, id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', createHash('sha256').update(secret).digest(), id, version, 32));
}
