import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '#server/env.ts';

const maxAge = 365 * 24 * 3600;

/** Tells from an earlier success that this browser signed in as the account before. It opens nothing. */
export function knownDeviceCookieName(): string {
  return env().appUrl.protocol === 'https:' ? '__Host-d' : 'pipit-d';
}

/** A Set-Cookie value that makes this browser a known device of the account for a year; it does not name the account. */
export function formatKnownDevice(account: string, now = Date.now()): string {
  const [secret = ''] = env().secrets;
  const secure = env().appUrl.protocol === 'https:' ? '; Secure' : '';
  const value = `${now}.${sign(secret, account, `${now}`).toString('base64url')}`;
  return `${knownDeviceCookieName()}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}; Max-Age=${maxAge}`;
}

export function isKnownDevice(value: string | undefined, account: string, now = Date.now()): boolean {
  const [issued = '', signature = ''] = (value ?? '').split('.');
  const given = Buffer.from(signature, 'base64url');
  if (!/^\d{1,15}$/.test(issued) || now > Number(issued) + maxAge * 1000) return false;
  return env().secrets.some((secret) => {
    const expected = sign(secret, account, issued);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

function sign(secret: string, account: string, issued: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['pipit-device-v1', account, issued]))
    .digest();
}
