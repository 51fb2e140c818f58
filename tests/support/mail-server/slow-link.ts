import type { Socket } from 'node:net';

/** One direction of a way that several connections share: each gets its turn packet by packet, as on a real line. */
export interface Link {
  /** One-way delay in milliseconds and bits per second for all together; zeros for none. */
  set(delayMs: number, bitsPerSecond: number): void;
  /** What is sent comes out at `to`; `from` is read no faster than the way carries it. */
  pipe(to: Socket, from: Socket): { send(chunk: Buffer): void; end(): void };
}

interface Queue {
  waiting: Buffer[];
  octets: number;
  /** Packets under way; they arrive in order whatever the timers do. */
  flying: Buffer[];
  isEnding: boolean;
  to: Socket;
  from: Socket;
}

/** Octets of a TCP packet on Ethernet. */
const packet = 1_460;
/** What the way buffers of a connection before its sender has to wait. */
const window = 16 * 1_024;

export function makeLink(): Link {
  const queues = new Set<Queue>();
  let delayMs = 0;
  let bitsPerSecond = 0;
  let freeAt = 0;
  let isPumping = false;

  function pump(): void {
    isPumping = false;
    for (const queue of queues) {
      const piece = take(queue);
      if (!piece) continue;
      queues.delete(queue); // To the end of the line.
      if (queue.octets > 0) queues.add(queue);
      const now = performance.now();
      freeAt = Math.max(now, freeAt) + (bitsPerSecond ? (piece.length * 8_000) / bitsPerSecond : 0);
      queue.flying.push(piece);
      setTimeout(() => arrive(queue), freeAt - now + delayMs);
      isPumping = true;
      setTimeout(pump, freeAt - now);
      return;
    }
  }

  function arrive(queue: Queue): void {
    const piece = queue.flying.shift();
    if (piece && queue.to.writable) queue.to.write(piece);
    if (queue.isEnding && queue.octets === 0 && queue.flying.length === 0) queue.to.end();
  }

  return {
    set(delay, bits) {
      delayMs = delay;
      bitsPerSecond = bits;
    },
    pipe(to, from) {
      const queue: Queue = { waiting: [], octets: 0, flying: [], isEnding: false, to, from };
      return {
        send(chunk) {
          if (chunk.length === 0) return;
          const isFast = delayMs === 0 && bitsPerSecond === 0 && queue.octets === 0 && queue.flying.length === 0;
          if (isFast) return void to.write(chunk);
          queue.waiting.push(chunk);
          queue.octets += chunk.length;
          if (queue.octets > window) from.pause();
          queues.add(queue);
          if (!isPumping) pump();
        },
        end() {
          queue.isEnding = true;
          if (queue.octets === 0 && queue.flying.length === 0) to.end();
        },
      };
    },
  };
}

function take(queue: Queue): Buffer | null {
  const [first] = queue.waiting;
  if (!first) return null;
  const piece = first.subarray(0, packet);
  if (piece.length === first.length) queue.waiting.shift();
  else queue.waiting[0] = first.subarray(packet);
  queue.octets -= piece.length;
  if (queue.octets <= window) queue.from.resume();
  return piece;
}
