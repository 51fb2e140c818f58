import 'server-only';
import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { MailError } from '#lib/errors.ts';
import { isPublicAddress } from './public-address.ts';

/** What decides and resolves; tests on loopback bring their own. */
export interface Network {
  resolve(host: string): Promise<string[]>;
  isAllowed(address: string): boolean;
  isAllowedPort(port: number): boolean;
}

export interface PublicRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

const internet: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
  isAllowedPort: (port) => port === 80 || port === 443,
};

/**
 * Sends one request to an address that a mail names: by http or https, to the usual port, and only where all addresses of
 * the host are public; connected to as checked, with the host's own name for its certificate. Follows nothing and sends no header but those
 * given. Answers null for an address that is none to go to, before any packet. Throws server-timeout, server-unreachable.
 */
export async function requestPublic(
  url: URL,
  { method, headers, body }: PublicRequest,
  signal: AbortSignal,
  network = internet,
): Promise<IncomingMessage | null> {
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port) || (isSecure ? 443 : 80);
  const isWeb = isSecure || url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A name of one word is somebody's own network's, or leads where a search domain has it lead.
  const isName = isIP(host) === 0 && /^[^.]+(?:\.[^.]+)+$/.test(host);
  if (!isWeb || !network.isAllowedPort(port) || url.username || url.password || (!isName && !isIP(host))) return null;
  const addresses = isIP(host) ? [host] : await Promise.race([network.resolve(host).catch(() => []), whenOver(signal)]);
  const [address] = addresses;
  // One bad address among several is enough: the next look-up could pick that one.
  if (!address || !addresses.every((one) => network.isAllowed(one))) return null;
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method,
    signal,
    agent: false,
    headers: {
      Host: url.host,
      ...headers,
      ...(body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` }),
    },
    ...(isSecure && !isIP(host) ? { servername: host } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestHttps : requestHttp)(options, resolve);
    request.on('error', (cause) =>
      reject(new MailError(signal.aborted ? 'server-timeout' : 'server-unreachable', { cause })),
    );
    request.end(body);
  });
}

/** A name that is looked up for too long leads nowhere. */
function whenOver(signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve([]);
    signal.addEventListener('abort', () => resolve([]), { once: true });
  });
}
