import 'server-only';

const first = 1_000;
const smallest = 100;
const largest = 10_000;
/** A batch holds up its mailbox on the server, and cancelling, for about so long. Milliseconds. */
const quickMs = 60;
const slowMs = 300;
/** A server that answers a search over all of the messages within so long begins with more. Milliseconds. */
const promptMs = 10;

/** How many messages the next batch takes: what a server does in a moment grows, what takes it long shrinks. */
export function makeBatchSize() {
  let size = first;
  return {
    current: () => size,
    /** The search that a task begins with took so long. */
    searched(milliseconds: number): void {
      if (milliseconds < promptMs) size = largest;
    },
    took(milliseconds: number): void {
      if (milliseconds < quickMs) size = Math.min(largest, size * 4);
      else if (milliseconds > slowMs) size = Math.max(smallest, Math.ceil((size * quickMs * 3) / milliseconds));
    },
    failed(): void {
      size = Math.max(smallest, Math.min(size, first));
    },
  };
}
