import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromOwnPage } from './own-page.ts';
import { reportsPath } from './reports-path.ts';

const safe: readonly (string | undefined)[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Answers 403 to whatever would change something and does not come from our own pages, before Next reads a word of it: no action and no
 * route can be forgotten. Next itself lets an action without an Origin pass with a warning. True when it answered.
 */
export function refuseForeign(request: IncomingMessage, response: ServerResponse, own: string): boolean {
  const { origin = null } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isReport = request.method === 'POST' && request.url === reportsPath; // Browsers send those without an Origin.
  if (safe.includes(request.method) || isReport) return false;
  if (isFromOwnPage(origin, typeof site === 'string' ? site : null, own)) return false;
  const body = JSON.stringify({ error: { code: 'forbidden-origin', retryable: false } });
  response.writeHead(403, {
    'Content-Type': 'application/json',
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close', // Its body is not read.
  });
  response.end(body);
  return true;
}
