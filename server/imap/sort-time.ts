import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import { singleton } from '#server/singleton.ts';

/** How long an order is waited for, in milliseconds: one for the process, so that tests can hasten it. */
export const sortTiming = singleton('sort-timing', () => ({ mostMs: 15_000 }));

/**
 * Runs a sort for so many milliseconds. What takes longer is cut off by closing the connection, for IMAP has no way to take a command
 * back, and too-many-to-sort is thrown.
 */
export async function withinSortTime<T>(client: ImapFlow, milliseconds: number, run: () => Promise<T>): Promise<T> {
  let isLate = milliseconds <= 0;
  if (isLate) throw new MailError('too-many-to-sort');
  const timer = setTimeout(() => {
    isLate = true;
    client.close();
  }, milliseconds);
  try {
    return await run();
  } catch (error) {
    throw isLate ? new MailError('too-many-to-sort', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}
