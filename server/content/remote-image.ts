import 'server-only';
import type { IncomingMessage } from 'node:http';
import { MailError } from '#lib/errors.ts';
import { imageType } from '#lib/picture/image-type.ts';
import { isDrawable } from '#lib/picture/is-drawable.ts';
import { requestPublic } from './public-request.ts';
import type { Network } from './public-request.ts';

const maxOctets = 10 * 1024 * 1024;
const maxHops = 5;
const timeoutMs = 10_000;

export interface RemoteImage {
  mediaType: string;
  bytes: Buffer;
}

/**
 * Fetches one picture that a mail names, so that its sender sees our server and not the person: only to public
 * addresses, checked at every hop and connected to as checked; no cookies, no Referer, one User-Agent; only what is a
 * raster picture by its first octets and not too large to be drawn. Throws part-not-viewable, part-too-large,
 * server-timeout or server-unreachable.
 */
export async function fetchRemoteImage(url: string, signal: AbortSignal, network?: Network): Promise<RemoteImage> {
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

async function open(url: URL, signal: AbortSignal, network?: Network): Promise<IncomingMessage> {
  const headers = { 'User-Agent': 'Mozilla/5.0 (compatible; PipitImageProxy)', Accept: 'image/*' };
  const response = await requestPublic(url, { method: 'GET', headers }, signal, network);
  if (!response) throw new MailError('part-not-viewable');
  return response;
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
