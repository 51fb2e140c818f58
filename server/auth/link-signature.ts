import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '#server/env.ts';
import type { AuthSession } from './auth-session.ts';

/** What a signed address may be used for; one is never good for the other. */
export type LinkUse = 'leave' | 'image';

/** Signs an address found in a mail for one use in one session (security.md 1): nobody else can make our pages name or fetch it. */
export function signLink(auth: AuthSession, use: LinkUse, url: string): string {
  const [secret = ''] = env().secrets;
  return hmac(secret, auth, use, url).toString('base64url');
}

/** True for a signature made by `signLink` with any of the server's secrets. */
export function isSignedLink(auth: AuthSession, use: LinkUse, url: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url');
  return env().secrets.some((secret) => {
    const expected = hmac(secret, auth, use, url);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

function hmac(secret: string, auth: AuthSession, use: LinkUse, url: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['pipit-link-v1', auth.id, use, url]))
    .digest();
}
