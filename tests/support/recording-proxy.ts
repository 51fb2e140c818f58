import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

export interface RecordingProxy {
  port: number;
  /** What was asked for beyond loopback, in its order: an address, or host and port of a tunnel. */
  asked: string[];
  close(): Promise<void>;
}

/** A proxy that writes down what a browser wants from the world, whatever the cause, and lets none of it out. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const asked: string[] = [];
  // What the browsers ask for by themselves.
  const note = (address: string) => !/mozilla\.(?:com|net|org)|firefox\.com|google(?:apis)?\.com|gvt1\.com/.test(address) && asked.push(address);
  const server = createServer((request, response) => {
    note(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    note(request.url ?? '');
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // Listening on a port, not on a pipe.
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
