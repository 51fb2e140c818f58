import 'server-only';
import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { MailError } from '#lib/errors.ts';
import { imageType } from '#lib/picture/image-type.ts';
import { isDrawable } from '#lib/picture/is-drawable.ts';
import { isPublicAddress } from './public-address.ts';

const maxOctets = 10 * 1024 * 1024;
const maxHops = 5;
const timeoutMs = 10_000;

export interface RemoteImage {
  mediaType: string;
  bytes: Buffer;
}

/** What decides and resolves; tests on loopback bring their own. */
export interface Network {
  resolve(host: string): Promise<string[]>;
  isAllowed(address: string): boolean;
  isAllowedPort(port: number): boolean;
}

const internet: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
  isAllowedPort: (port) => port === 80 || port === 443,
};

/**
 * Fetches one picture that a mail names, so that its sender sees our server and not the person (security.md 1, Remote images): only to public
 * addresses, checked at every hop and connected to as checked; no cookies, no Referer, one User-Agent; only what is a raster
 * picture by its first octets and not too large to be drawn. Throws part-not-viewable, part-too-large, server-timeout or server-unreachable.
 */
export async function fetchRemoteImage(url: string, signal: AbortSignal, network = internet): Promise<RemoteImage> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  let target = url;
  for (let hop = 0; hop <= maxHops; hop += 1) {
    const response = await open(new URL(target), deadline, network);
    const { location } = response.headers;
    if (response.statusCode && response.statusCode >= 300 && response.statusCode < 400 && location) {
      response.destroy();
      if (!URL.canParse(location, target)) throw new MailError('part-not-viewable');
      target = new URL(location, target).href;
      continue;
    }
    if (response.statusCode !== 200) {
      response.destroy();
      throw new MailError('part-not-viewable');
    }
    const bytes = await readAll(response);
    const mediaType = imageType(bytes);
    if (!mediaType || !isDrawable(bytes)) throw new MailError('part-not-viewable');
    return { mediaType, bytes };
  }
  throw new MailError('part-not-viewable');
}

async function open(url: URL, signal: AbortSignal, network: Network): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port) || (isSecure ? 443 : 80);
  const isWeb = isSecure || url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isWeb || !network.isAllowedPort(port) || url.username || url.password || host.endsWith('.')) {
    throw new MailError('part-not-viewable');
  }
  const addresses = isIP(host) ? [host] : await network.resolve(host).catch(() => []);
  const [address] = addresses;
  // One bad address among several is enough: the next look-up could pick that one.
  if (!address || !addresses.every((one) => network.isAllowed(one))) throw new MailError('part-not-viewable');
  const options: RequestOptions & { servername?: string } = {
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    signal,
    agent: false,
    headers: { Host: url.host, 'User-Agent': 'Mozilla/5.0 (compatible; PipitImageProxy)', Accept: 'image/*' },
    ...(isSecure && !isIP(host) ? { servername: host } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestHttps : requestHttp)(options, resolve);
    request.once('error', (cause) =>
      reject(new MailError(signal.aborted ? 'server-timeout' : 'server-unreachable', { cause })),
    );
    request.end();
  });
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let octets = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      octets += chunk.length;
      if (octets > maxOctets) throw new MailError('part-too-large');
      chunks.push(chunk);
    }
  } catch (cause) {
    response.destroy();
    throw cause instanceof MailError ? cause : new MailError('server-timeout', { cause });
  }
  return Buffer.concat(chunks);
}
