import 'server-only';
import { isIP } from 'node:net';
import { env } from '#server/env.ts';

/** Set by server/start.ts from the socket, whatever the client sent under that name. */
export const socketAddressHeader = 'x-pipit-socket-address';

/**
 * The IP address a request came from: the socket's, or what the configured number of trusted proxies wrote at the end of
 * X-Forwarded-For; null where neither is an address. IPv4 in IPv6 form is given as IPv4.
 */
export function clientIp(headers: Headers): string | null {
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const hops = env().trustedProxies;
  const forwarded = hops > 0 ? chain.at(-hops) : undefined;
  const address = forwarded && isIP(forwarded) ? forwarded : (headers.get(socketAddressHeader) ?? '');
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  return isIP(plain) ? plain : null;
}

/** What a client is counted by: its address, of IPv6 the /64, which is what one subscriber has. */
export function clientAddress(headers: Headers): string {
  const address = clientIp(headers);
  if (address === null) return 'unknown';
  return isIP(address) === 6 ? networkOf(address) : address;
}

/** The first four groups of an IPv6 address, written out: "2001:db8::1" is in 2001:db8:0:0. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
