import 'server-only';
import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet (IANA special-purpose address registries). */
const special = { ipv4: new BlockList(), ipv6: new BlockList() }; // One list would read ::ffff:0:0/96 as all of IPv4.

const networks4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const networks6 = [
  '::/128',
  '::1/128',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

for (const network of networks4) add(network, 'ipv4');
for (const network of networks6) add(network, 'ipv6');

/** True for a global unicast address; false for everything else, nonsense included. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.ipv4.check(address, 'ipv4');
  // Of IPv6 only 2000::/3 is given out for global unicast (RFC 4291 section 2.4).
  return family === 6 && /^[23]/.test(address) && !special.ipv6.check(address, 'ipv6');
}

function add(network: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', prefix] = network.split('/');
  special[family].addSubnet(address, Number(prefix), family);
}
