import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { makeLink } from './slow-link.ts';

/**
 * A TCP proxy in front of a mail server that breaks as networks do. Everything passes as it is until a fault is asked
 * for; faults hold for the connections named, and new connections are as good as any.
 */
export interface FaultProxy {
  port: number;
  /** Connections that stand between a client and the server at the moment. */
  connections(): number;
  /** Resets the first connection that brings so many more octets from the server, in their middle; resolves then. */
  cutAfter(octets: number): Promise<void>;
  /**
   * Resets the first connection on which the client says this: `unheard`, before the server gets it, or `unanswered`, once
   * the server's answer is there but not passed on. Resolves then.
   */
  cutWhen(said: RegExp, when: 'unheard' | 'unanswered'): Promise<void>;
  /** Resolves when a client says this, which passes. */
  said(words: RegExp): Promise<void>;
  /** Resets all connections. */
  cut(): void;
  /** The connections there are pass nothing more, in neither direction, and stay open; new ones pass. */
  silence(): void;
  /** New connections are reset before a greeting until `admit`. */
  refuse(): void;
  admit(): void;
  /** Leaves out the next line of the server's that matches; asked for twice, the next two. Only for answers without literals. */
  omitLine(line: RegExp): void;
  /** How far and how narrow the way is, both ways and for all connections together; zeros for none. */
  slow(way: { roundTripMs: number; bitsPerSecond: number }): void;
  /** Lines that the server said and that match. */
  heard(line: RegExp): string[];
  close(): Promise<void>;
}

interface Cut {
  /** How many octets of what is passing still pass before the cut; null while it is not due. */
  due(passing: Passing): number | null;
  done: () => void;
}

type Passing =
  | { from: 'server'; connection: Connection; octets: number }
  | { from: 'client'; connection: Connection; text: string };

interface Connection {
  client: Socket;
  server: Socket;
  isSilent: boolean;
  /** Begins of the server's lines that are not whole yet, while a line is to be left out. */
  carry: string;
}

/** What is kept of the server's words for `heard`. */
const memory = 1_000_000;

export async function startFaultProxy(serverPort: number): Promise<FaultProxy> {
  const connections = new Set<Connection>();
  const cuts = new Set<Cut>();
  const down = makeLink();
  const up = makeLink();
  let isRefusing = false;
  const omitted: RegExp[] = [];
  let words = '';

  function reset(connection: Connection): void {
    connections.delete(connection);
    connection.client.resetAndDestroy();
    connection.server.destroy();
  }

  /** True when a cut takes the connection: then the rest of what was passing is lost. */
  function isCut(passing: Passing, chunk: Buffer): boolean {
    for (const cut of cuts) {
      const octets = cut.due(passing);
      if (octets === null) continue;
      const { connection } = passing;
      cuts.delete(cut);
      connection.isSilent = true;
      connection.client.write(chunk.subarray(0, octets), () => {
        reset(connection);
        cut.done();
      });
      return true;
    }
    return false;
  }

  function fromServer(connection: Connection, chunk: Buffer): Buffer {
    words = (words + chunk.toString('latin1')).slice(-memory);
    if (omitted.length === 0 && !connection.carry) return chunk;
    const lines = (connection.carry + chunk.toString('latin1')).split(/(?<=\r\n)/);
    connection.carry = omitted.length > 0 && lines.at(-1)?.endsWith('\r\n') === false ? (lines.pop() ?? '') : '';
    const kept = lines.filter((line) => {
      const index = omitted.findIndex((pattern) => pattern.test(line));
      if (index >= 0) omitted.splice(index, 1);
      return index < 0;
    });
    return Buffer.from(kept.join(''), 'latin1');
  }

  const listener = createServer({ noDelay: true }, (client) => {
    client.on('error', () => {});
    if (isRefusing) return void client.resetAndDestroy();
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    server.on('error', () => {});
    const connection: Connection = { client, server, isSilent: false, carry: '' };
    connections.add(connection);
    const toClient = down.pipe(client, server);
    const toServer = up.pipe(server, client);
    server.on('data', (chunk) => {
      if (connection.isSilent || isCut({ from: 'server', connection, octets: chunk.length }, chunk)) return;
      toClient.send(fromServer(connection, chunk));
    });
    client.on('data', (chunk) => {
      if (connection.isSilent || isCut({ from: 'client', connection, text: chunk.toString('latin1') }, chunk)) return;
      toServer.send(chunk);
    });
    const end = () => {
      if (connection.isSilent || !connections.delete(connection)) return;
      toClient.end();
      toServer.end();
    };
    server.on('close', end);
    client.on('close', () => {
      if (connection.isSilent) reset(connection); // Whom the client left, the server need not keep.
      else end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));

  function cutBy(due: Cut['due']): Promise<void> {
    return new Promise((resolve) => cuts.add({ due, done: resolve }));
  }

  return {
    port: (listener.address() as AddressInfo).port, // True: it listens on TCP.
    connections: () => connections.size,
    cutAfter(octets) {
      const passed = new Map<Connection, number>();
      return cutBy((passing) => {
        if (passing.from !== 'server') return null;
        const before = passed.get(passing.connection) ?? 0;
        passed.set(passing.connection, before + passing.octets);
        return before + passing.octets > octets ? octets - before : null;
      });
    },
    cutWhen(said, when) {
      let speaker: Connection | null = null;
      return cutBy((passing) => {
        if (passing.from === 'server') return passing.connection === speaker ? 0 : null;
        if (!said.test(passing.text)) return null;
        speaker = passing.connection;
        return when === 'unheard' ? 0 : null;
      });
    },
    said(spoken) {
      return new Promise((resolve) => {
        const ear: Cut = {
          due(passing) {
            if (passing.from === 'client' && spoken.test(passing.text)) {
              cuts.delete(ear);
              resolve();
            }
            return null;
          },
          done() {},
        };
        cuts.add(ear);
      });
    },
    cut() {
      for (const connection of connections) reset(connection);
    },
    silence() {
      for (const connection of connections) connection.isSilent = true;
    },
    refuse() {
      isRefusing = true;
    },
    admit() {
      isRefusing = false;
    },
    omitLine(line) {
      omitted.push(line);
    },
    slow({ roundTripMs, bitsPerSecond }) {
      for (const link of [down, up]) link.set(roundTripMs / 2, bitsPerSecond);
    },
    heard: (line) => words.split('\r\n').filter((text) => line.test(text)),
    async close() {
      for (const connection of connections) reset(connection);
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
