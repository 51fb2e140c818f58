import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import type { Lane } from './lane.ts';
import { readCounts } from './read-counts.ts';
import { withMailbox } from './with-mailbox.ts';

interface Walk<T> {
  /** Reads a range of sequence numbers, and tells each message of it. */
  read(client: ImapFlow, range: string, tell: (message: T) => void): Promise<void>;
  opened(uidValidity: number, messages: number): void;
  /** A window that was read whole, with the messages nobody was told of before. */
  told(messages: T[], looked: number): void;
  /** Messages of the first window and at most of one. */
  window: { first: number; most: number };
}

/** A window should take about so long, so that what is known shows and Stop finds the server soon. Milliseconds. */
const windowMs = 500;
/** A window that was begun is waited for. Milliseconds. */
const timeoutMs = 5 * 60_000;

/**
 * Reads a mailbox from the newest message to the oldest, in windows that grow while they are quick; a window whose connection was lost
 * is read again. What arrives meanwhile is not looked at, and what another device removes moves nothing into two windows. Throws
 * a MailError: cancelled when stopped, mailbox-changed when the mailbox was made again.
 */
export async function walkMailbox<T extends { uid: number }>(
  lane: Lane,
  path: MailboxPath,
  walk: Walk<T>,
  signal: AbortSignal,
): Promise<void> {
  const counts = await withMailbox(lane, path, ({ client }) => readCounts(client, path), { signal });
  walk.opened(counts.uidValidity, counts.messages);
  let top = counts.messages;
  let lowest = counts.uidNext > 1 ? counts.uidNext : Infinity; // What comes from now on is above.
  for (let size = walk.window.first; top > 0;) {
    const bottom = Math.max(1, top - size + 1);
    const start = performance.now();
    const messages = await withMailbox(
      lane,
      path,
      async ({ client, mailbox }) => {
        checkUidValidity(mailbox, counts.uidValidity);
        for (;;) {
          const read: T[] = [];
          const last = Math.min(top, mailbox.exists); // Fewer, once some were removed: a number above is refused.
          if (last < bottom) return read;
          try {
            await walk.read(client, `${bottom}:${last}`, (message) => {
              // Numbers move down when older messages go: what was told already may come again.
              if (message.uid < lowest) read.push(message);
            });
            return read;
          } catch (error) {
            if (!client.usable || mailbox.exists >= last) throw error; // Else some went while it was asked.
          }
        }
      },
      { signal, timeoutMs },
    );
    signal.throwIfAborted();
    walk.told(messages, counts.messages - bottom + 1);
    for (const { uid } of messages) lowest = Math.min(lowest, uid);
    const took = performance.now() - start;
    if (took < windowMs / 2) size = Math.min(walk.window.most, size * 3);
    else if (took > windowMs * 2) size = Math.max(walk.window.first, Math.floor(size / 2));
    top = bottom - 1;
  }
}
