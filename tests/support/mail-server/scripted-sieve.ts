import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface ScriptedSieve {
  port: number;
  /** Every line that came, in its order. */
  heard: string[];
  stop(): Promise<void>;
}

export const plainGreeting = '"IMPLEMENTATION" "Scripted"\r\n"SASL" "PLAIN"\r\n"SIEVE" "fileinto imap4flags mailbox"\r\nOK\r\n';

/** A ManageSieve server of a few lines: it greets, and answers each line with what `answer` says; null closes the line. */
export async function startScriptedSieve(greeting: string, answer: (line: string, socket: Socket) => string | null): Promise<ScriptedSieve> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    socket.on('error', () => {});
    socket.write(greeting);
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        const said = answer(line, socket);
        if (said === null) socket.destroy();
        else socket.write(said);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
