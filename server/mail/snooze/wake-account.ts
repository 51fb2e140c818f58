import 'server-only';
import { finishWake, renewWakeLease } from '#server/store/snooze-rows.ts';
import type { SnoozeRow } from '#server/store/snooze-rows.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { snoozeTiming } from './snooze-timing.ts';
import { wakeSnoozed } from './wake-snoozed.ts';

/**
 * Wakes what of an account is due, holding the lease that was claimed, and lets go of it. Answers when the next is due,
 * in Unix milliseconds; null: nothing is snoozed. Throws a MailError, and holds the lease then.
 */
export async function wakeAccount(session: ImapSession, row: SnoozeRow, lease: string): Promise<number | null> {
  const beat = setInterval(
    () => renewWakeLease(row.account_key, lease, Date.now() + snoozeTiming.leaseMs),
    snoozeTiming.renewMs,
  );
  beat.unref();
  try {
    const next = await wakeSnoozed(session, Date.now(), row.attempts > 1);
    finishWake(row, lease, next);
    return next;
  } finally {
    clearInterval(beat);
  }
}
