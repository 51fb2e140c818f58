import 'server-only';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import { isFromOwnPage } from '#server/own-page.ts';

/** Refuses a request that would change something unless it comes from our own pages (own-page.ts). */
export function requireSameOrigin(headers: Headers): void {
  const isOwn = isFromOwnPage(headers.get('origin'), headers.get('sec-fetch-site'), env().appUrl.origin);
  if (!isOwn) throw new MailError('forbidden-origin');
}

/** Refuses a read that another site's page asks for; typed addresses and bookmarks ("none") are fine. */
export function refuseCrossSite(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw new MailError('forbidden-origin');
}

/** Refuses what is for scripts alone to whoever opens its address, or has it loaded as a picture or a style. */
export function refuseNavigation(headers: Headers): void {
  const mode = headers.get('sec-fetch-mode');
  if (mode !== null && mode !== 'cors' && mode !== 'same-origin') throw new MailError('forbidden-origin');
}
