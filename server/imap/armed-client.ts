import 'server-only';
import type { ImapFlow } from 'imapflow';

/** A server that does not answer the probe within this is gone, whatever its socket says. */
const deadlineMs = 15_000;

/** What both ways of watching share: hearing of the selected mailbox, idling, noticing that the line is dead. */
export interface ArmedClient {
  closed: Promise<void>;
  /** Goes back to IDLE; ends by itself when another command runs. */
  idle(): void;
  /** Runs commands; closes the connection when they take too long. */
  withDeadline(run: () => Promise<void>): Promise<void>;
}

export function armedClient(client: ImapFlow, onSelectedMoved: () => void): ArmedClient {
  client.on('exists', onSelectedMoved);
  client.on('flags', onSelectedMoved);
  client.on('expunge', onSelectedMoved);
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  return {
    closed,
    idle() {
      client.idle().catch(() => client.close());
    },
    async withDeadline(run) {
      const timer = setTimeout(() => client.close(), deadlineMs);
      try {
        await run();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
