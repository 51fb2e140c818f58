import 'server-only';
import { isIP } from 'node:net';
import { env } from '#server/env.ts';
import { clientIp } from './client-address.ts';

/** Whether the administrator says that this client is a public computer, whatever the person ticks (KIOSK). */
export function isKiosk(headers: Headers): boolean {
  const { kiosk } = env();
  if (kiosk === 'always' || kiosk === 'never') return kiosk === 'always';
  const address = clientIp(headers);
  return address !== null && kiosk.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
