import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

const address = '/_next/static/';

/**
 * Of a script only a worker heeds it, such as the one that reads PDFs: it asks nobody for anything, whatever a hostile
 * file makes of it.
 */
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves the build's scripts and styles as compressed when it was built (compress-static.ts), which no server could afford to do
 * while somebody waits. Their names hold their content's hash, so they are kept for a year.
 * @returns whether the request was answered
 */
export function serveStaticFiles(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const serve = sirv('.next/static', {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: 31_536_000,
    setHeaders: (response) => {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Content-Security-Policy', workerPolicy);
      response.setHeader('Vary', 'Accept-Encoding');
    },
  });
  return (request, response) => {
    const { url = '' } = request;
    if (!url.startsWith(address) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    request.url = url.slice(address.length - 1);
    let isAnswered = true;
    serve(request, response, () => {
      request.url = url;
      isAnswered = false; // What is not there is Next's to say.
    });
    return isAnswered;
  };
}
