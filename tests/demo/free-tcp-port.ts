import { createServer } from 'node:net';

/** The wanted port, or the next one that nobody listens on. */
export async function freeTcpPort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port from ${wanted} on; choose another with PORT=…`);
}

/** Asks on all addresses at once, as the server will listen. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
