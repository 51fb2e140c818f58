import 'server-only';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';

/**
 * Refuses a request that would change something unless it comes from our own pages (security.md 2.3): Origin must be the
 * configured one, absent or "null" is refused; Sec-Fetch-Site, where sent, must agree. Host and X-Forwarded-Host count nothing.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  if (headers.get('origin') !== env().appUrl.origin || (site !== null && site !== 'same-origin')) {
    throw new MailError('forbidden-origin');
  }
}

/** Refuses a read that another site's page asks for; typed addresses and bookmarks ("none") are fine. */
export function refuseCrossSite(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw new MailError('forbidden-origin');
}
