import 'server-only';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';

/** Octets read at once; what came is copied out before the next read of any line. */
const shared = Buffer.allocUnsafe(64 * 1024);

/**
 * A TCP line to speak TLS over that keeps no buffer while nothing comes. Node's own leaves 64 KB of room with each TLS line, for what the
 * next read may bring: most of what an idle session took. `tls.connect` takes it as `socket`; it fails as a socket does, by `error`.
 */
export function narrowSocket(host: string, port: number): Duplex {
  const line = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    onread: {
      buffer: shared,
      // False stops the reading until there is room again.
      callback: (length, buffer) => line.push(Buffer.from(buffer.subarray(0, length))),
    },
  });
  socket.on('end', () => line.push(null));
  socket.on('error', (error) => line.destroy(error));
  socket.on('close', () => line.destroy());
  return line;
}
