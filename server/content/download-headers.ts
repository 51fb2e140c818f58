import 'server-only';
import { MailError } from '#lib/errors.ts';
import { contentDisposition } from './file-name.ts';

/** What no attachment may be loaded as, whatever page asks for it. */
const refused = /^(script|style|worker|serviceworker|sharedworker|object|embed|iframe|frame|font|manifest)$/;

export function refuseDestination(headers: Headers): void {
  if (refused.test(headers.get('sec-fetch-dest') ?? '') || headers.get('sec-fetch-site') === 'cross-site') {
    throw new MailError('part-not-viewable');
  }
}

/** The headers of every answer that carries octets of a mail: it is saved, or drawn as a picture, and is never run. */
export function downloadHeaders(
  kind: 'attachment' | 'inline',
  name: string,
  mediaType: string,
): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': contentDisposition(kind, name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
