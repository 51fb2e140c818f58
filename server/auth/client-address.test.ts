import { beforeAll, expect, test } from 'vitest';
import { clientAddress, clientIp, socketAddressHeader } from './client-address.ts';

function trust(proxies: number): void {
  (globalThis as { pipitSingletons?: Map<string, unknown> }).pipitSingletons?.clear();
  process.env.TRUSTED_PROXIES = `${proxies}`;
}

beforeAll(() => {
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-addresses-long',
    IMAP_HOST: 'localhost',
  });
});

const headers = (forwarded: string, socket = '192.0.2.1') =>
  new Headers({ 'x-forwarded-for': forwarded, [socketAddressHeader]: socket });

test('check 59: without a trusted proxy X-Forwarded-For is not believed', () => {
  trust(0);
  expect(clientIp(headers('203.0.113.9'))).toBe('192.0.2.1');
});

test('check 59: behind proxies only what the last trusted one wrote counts, and only an address is one', () => {
  trust(1);
  expect(clientIp(headers('198.51.100.1, 203.0.113.9'))).toBe('203.0.113.9');
  expect(clientIp(headers('203.0.113.9, <img src=x onerror=alert(1)>'))).toBe('192.0.2.1');
  expect(clientIp(headers('203.0.113.9:80', 'nonsense'))).toBeNull();
  trust(2);
  expect(clientIp(headers('198.51.100.1, 203.0.113.9, 192.0.2.7'))).toBe('203.0.113.9');
});

test('of IPv6 a subscriber’s whole network counts as one client, and IPv4 in IPv6 as IPv4', () => {
  trust(1);
  expect(clientAddress(headers('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2');
  expect(clientAddress(headers('2001:db8::9'))).toBe('2001:db8:0:0');
  expect(clientAddress(headers('::ffff:203.0.113.9'))).toBe('203.0.113.9');
});
