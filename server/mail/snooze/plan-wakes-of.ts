import 'server-only';
import type { MailChange } from '#lib/mail/change.ts';
import { snoozedUntil } from '#lib/mail/snooze.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { accountKey } from '#server/auth/account.ts';
import { planWakeFor } from './plan-wake.ts';
import type { Planner } from './plan-wake.ts';
import { lookBy } from './wake-while-here.ts';

/** Plans the waking of what a person snoozes, before it is snoozed; does nothing where they do something else. */
export function planWakesOf(auth: Planner, wanted: readonly (MailChange | MailAct)[]): void {
  for (const one of wanted) {
    const keywords = one.type === 'move' ? (one.keywords ?? []).filter(({ value }) => value) : [];
    const until = snoozedUntil(keywords.map(({ keyword }) => keyword));
    if (until === null) continue;
    planWakeFor(auth, Date.parse(until));
    lookBy(accountKey(auth.account), Date.parse(until));
  }
}
