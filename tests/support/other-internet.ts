import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** What a name leads to, and on which port of this machine the first of its addresses really is; null: nowhere. */
export type Places = Record<string, { addresses: string[]; port: number | null }>;

/**
 * Another internet for this process, below everything that is ours: names lead to the addresses said here, and lines to those addresses
 * end at ports of this machine. So the guard before outside requests is tried as it is, with public addresses. Answers where lines outside
 * of loopback were opened to, and what ends it.
 */
export function otherInternet(places: Places): { opened: string[]; looked: string[]; end: () => void } {
  const opened: string[] = [];
  const looked: string[] = [];
  const { lookup } = dns;
  const { connect } = net.Socket.prototype;
  const portOf = (host: string) => Object.values(places).find(({ addresses }) => addresses[0] === host)?.port ?? null;
  const named = (host: string) => {
    looked.push(host);
    const place = places[host];
    if (!place) return Promise.reject(Object.assign(new Error(`ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
    return Promise.resolve(place.addresses.map((address) => ({ address, family: net.isIP(address) })));
  };
  const isInside = (host: string) => /^(?:localhost|127\..*|::1)$/.test(host);
  Object.assign(dns, { lookup: (host: string, options: object) => (isInside(host) ? lookup(host, options) : named(host)) });
  net.Socket.prototype.connect = function connectHere(this: net.Socket, ...given: unknown[]) {
    // Node passes on what it made of the arguments as a list of its own.
    const list: unknown[] = Array.isArray(given[0]) ? given[0] : given;
    const [options] = list;
    if (typeof options === 'object' && options !== null && 'host' in options && typeof options.host === 'string' && !isInside(options.host)) {
      opened.push(options.host);
      const port = portOf(options.host);
      Object.assign(options, { host: '127.0.0.1', port: port ?? 1 });
    }
    return (connect as (...all: unknown[]) => net.Socket).apply(this, given);
  };
  syncBuiltinESMExports();
  return {
    opened,
    looked,
    end() {
      Object.assign(dns, { lookup });
      net.Socket.prototype.connect = connect;
      syncBuiltinESMExports();
    },
  };
}

// Loaded before a server process (node --import): its places stand in the environment.
if (process.env.OTHER_INTERNET) otherInternet(JSON.parse(process.env.OTHER_INTERNET) as Places);
