import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '#server/env.ts';
import type { AuthSession } from './auth-session.ts';

/** What a signed address may be used for; one is never good for the other. */
export type LinkUse = 'leave' | 'image';

/** Milliseconds that a signature is good for: what loads by itself is loaded soon, what a person clicks may lie open for long. */
const validFor: Readonly<Record<LinkUse, number>> = { image: 24 * 3600_000, leave: 30 * 24 * 3600_000 };

/** Signs an address found in a mail for one use in one session, for a while: nobody else can make our pages name or fetch it. */
export function signLink(auth: Pick<AuthSession, 'id'>, use: LinkUse, url: string, now = Date.now()): string {
  const [secret = ''] = env().secrets;
  const until = `${now + validFor[use]}`;
  return `${until}.${hmac(secret, [auth.id, use, url, until]).toString('base64url')}`;
}

/** True for a signature made by `signLink` with any of the server's secrets, while it is good. */
export function isSignedLink(
  auth: Pick<AuthSession, 'id'>,
  use: LinkUse,
  url: string,
  signature: string,
  now = Date.now(),
): boolean {
  const [until = '', mac = ''] = signature.split('.');
  const given = Buffer.from(mac, 'base64url');
  if (!/^\d{1,15}$/.test(until) || now >= Number(until)) return false;
  return env().secrets.some((secret) => {
    const expected = hmac(secret, [auth.id, use, url, until]);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

function hmac(secret: string, signed: readonly string[]): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['pipit-link-v2', ...signed]))
    .digest();
}
