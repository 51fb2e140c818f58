import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import { watchTiming } from './watch-timing.ts';

/** What both ways of watching share: hearing of the selected mailbox, idling, noticing that the line is dead. */
export interface ArmedClient {
  /** Goes back to IDLE; ends by itself when another command runs. */
  idle(): void;
  /** Runs commands; closes the connection when they take too long and throws server-timeout. */
  withDeadline(run: () => Promise<unknown>): Promise<void>;
}

export function armedClient(client: ImapFlow, onSelectedMoved: () => void): ArmedClient {
  client.on('exists', onSelectedMoved);
  client.on('flags', onSelectedMoved);
  client.on('expunge', onSelectedMoved);
  return {
    idle() {
      client.idle().catch(() => client.close());
    },
    async withDeadline(run) {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        client.close();
      }, watchTiming.deadlineMs);
      try {
        await run();
      } catch (error) {
        throw isLate ? new MailError('server-timeout', { cause: error }) : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
