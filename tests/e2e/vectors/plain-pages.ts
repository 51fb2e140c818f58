import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** A page with a frame like the mail page's, but without any policy and without a sandbox: what a filter is worth alone. */
export async function startPlainPages(): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`, // Listening on a port, not on a pipe.
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const pages: Readonly<Record<string, string>> = {
  '/': '<!doctype html><title>Plain</title><iframe src="/frame" title="Message body"></iframe>',
  '/frame': '<!doctype html><title>Frame</title><body>',
  '/healthz': '{}',
};
