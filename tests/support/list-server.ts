import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from './test-ca.ts';

export interface Asked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface ListServer {
  port: number;
  /** Whole requests, in their order. */
  asked: Asked[];
  /** How it answers; may be changed while it runs. */
  answer: (response: ServerResponse) => void;
  stop(): Promise<void>;
}

/** The web server of a mailing list, on loopback. */
export async function startListServer({ cert, key }: TestCertificate): Promise<ListServer> {
  const asked: Asked[] = [];
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      list.answer(response);
    });
  });
  server.on('tlsClientError', () => {}); // Whoever does not trust us hangs up.
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const list: ListServer = {
    port: (server.address() as AddressInfo).port, // It listens on a port, not a pipe.
    asked,
    answer: (response) => response.end('Bye'),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return list;
}
