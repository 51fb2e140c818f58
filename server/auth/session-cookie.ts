import 'server-only';
import { env } from '#server/env.ts';

/** `__Host-` ties the cookie to this host, https and the whole site; over http on loopback browsers refuse that prefix. */
export function sessionCookieName(): string {
  return env().appUrl.protocol === 'https:' ? '__Host-s' : 'pipit-s';
}

/**
 * A Set-Cookie value (RFC 6265bis). On a public computer it goes with the browser session and never comes along from
 * another site; `maxAge` is in seconds.
 */
export function formatSetCookie(value: string, options: { publicComputer: boolean; maxAge: number }): string {
  const secure = env().appUrl.protocol === 'https:' ? '; Secure' : '';
  const sameSite = options.publicComputer ? 'Strict' : 'Lax';
  const age = options.publicComputer && options.maxAge > 0 ? '' : `; Max-Age=${options.maxAge}`;
  return `${sessionCookieName()}=${value}; Path=/; HttpOnly; SameSite=${sameSite}${secure}${age}`;
}

/** Its value in a request (RFC 6265bis section 5.8.3), which is of characters that stand for themselves. */
export function sessionCookieOf(headers: Headers): string | undefined {
  const start = `${sessionCookieName()}=`;
  const pairs =
    headers
      .get('cookie')
      ?.split(';')
      .map((pair) => pair.trim()) ?? [];
  return pairs.findLast((pair) => pair.startsWith(start))?.slice(start.length);
}
