import 'server-only';
import { isIP } from 'node:net';
import { env } from '#server/env.ts';

/** Set by server/start.ts from the socket, whatever the client sent under that name. */
export const socketAddressHeader = 'x-pipit-socket-address';

/**
 * The address a request came from, for counting only: the socket's, or what the configured number of trusted proxies
 * wrote at the end of X-Forwarded-For. IPv6 counts by /64, which is what one subscriber has.
 */
export function clientAddress(headers: Headers): string {
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const hops = env().trustedProxies;
  const forwarded = hops > 0 ? chain.at(-hops) : undefined;
  const address = forwarded && isIP(forwarded) ? forwarded : (headers.get(socketAddressHeader) ?? '');
  const kind = isIP(address);
  if (kind === 0) return 'unknown';
  return kind === 6 ? address.split(':').slice(0, 4).join(':') : address;
}
