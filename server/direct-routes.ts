import type { IncomingMessage, ServerResponse } from 'node:http';
import { singleton } from './singleton.ts';

type Handler = (request: Request) => Promise<Response>;

/** Octets; a longer body goes Next's way. */
const maxBody = 4 * 1024 * 1024;

const routes = singleton('direct-routes', () => new Map<string, Handler>());

/**
 * Has the server answer a route by itself, once Next has loaded it: Next's own way to a handler takes 2 ms of each click. Its
 * answer must be whole, no stream. No 'server-only' here: the server's start asks for them.
 */
export function serveDirectly(method: 'GET' | 'POST', path: string, handler: Handler): Handler {
  routes.set(`${method} ${path}`, handler);
  return handler;
}

/** True when it answers. */
export function serveDirect(request: IncomingMessage, response: ServerResponse, own: string): boolean {
  const { method = '', url = '' } = request;
  const [path = ''] = url.split('?', 1);
  const handler = routes.get(`${method} ${path}`);
  if (!handler) return false;
  if (method === 'POST' && !isShort(request.headers['content-length'])) return false;
  answer(handler, request, response, new URL(url, own)).catch(() => response.destroy());
  return true;
}

function isShort(length: string | undefined): boolean {
  return length !== undefined && Number(length) <= maxBody;
}

async function answer(handler: Handler, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const reader = new AbortController();
  response.once('close', () => reader.abort());
  const { method = '' } = request;
  const body = method === 'POST' ? await octetsOf(request) : null;
  const answered = await handler(
    new Request(url, { method, headers: headersOf(request), body, signal: reader.signal }),
  );
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(new Uint8Array(await answered.arrayBuffer()));
}

/** Node holds the sender to the length that was said. */
async function octetsOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer); // No encoding was set.
  return Buffer.concat(pieces);
}

function headersOf({ headers }: IncomingMessage): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all.set(name, Array.isArray(value) ? value.join(', ') : value);
  return all;
}
