import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError } from '#lib/errors.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { singleton } from '#server/singleton.ts';
import { claimWakeOf, postponeWake } from '#server/store/snooze-rows.ts';
import { planWakeFor } from './plan-wake.ts';
import { snoozeTiming } from './snooze-timing.ts';
import { wakeAccount } from './wake-account.ts';

type Here = Pick<AuthSession, 'id' | 'account' | 'password' | 'publicComputer'>;

interface Watcher {
  accountKey: string;
  /** At this time at the latest, Unix milliseconds. */
  lookBy(time: number): void;
}

/** So much later than it is due, in milliseconds: who wakes those away comes first. */
const grace = 3_000;

const watchers = singleton('wake-watchers', () => new Set<Watcher>());

/**
 * Wakes what is due while a person's page is open, until the returned function is called: what was snoozed on a public computer or by
 * another program, and what came due while nobody had their password. Of what it finds it also plans the waking for when they are away.
 */
export function wakeWhileHere(auth: Here): () => void {
  const key = accountKey(auth.account);
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;
  let lookAt = Infinity;
  const lookBy = (time: number) => {
    if (isEnded || time >= lookAt) return;
    lookAt = time;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.max(0, time - Date.now()));
    timer.unref();
  };
  const look = async () => {
    lookAt = Infinity;
    const next = await wakeNow(auth, key);
    lookBy(Math.min(Date.now() + snoozeTiming.lookMs, (next ?? Infinity) + grace));
  };
  const watcher: Watcher = { accountKey: key, lookBy };
  watchers.add(watcher);
  lookBy(Date.now() + snoozeTiming.firstLookMs);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    watchers.delete(watcher);
  };
}

/** Something is snoozed until then: the account's open pages look. */
export function lookBy(key: string, time: number): void {
  for (const watcher of watchers) if (watcher.accountKey === key) watcher.lookBy(time + grace);
}

/** Answers when to look again; null: whenever. */
async function wakeNow(auth: Here, key: string): Promise<number | null> {
  const lease = randomUUID();
  const now = Date.now();
  const row = claimWakeOf(key, lease, now, now + snoozeTiming.leaseMs);
  if (!row) return now + snoozeTiming.leaseMs; // Somebody is at it.
  try {
    const next = await wakeAccount(imapSession(auth), row, lease);
    if (next !== null) planWakeFor(auth, next);
    return next;
  } catch (error) {
    log.warn('wake-failed', { code: isMailError(error) ? error.code : 'unexpected', attempts: row.attempts });
    const retryAt = Date.now() + (snoozeTiming.backOffMs[0] ?? 0);
    postponeWake(key, lease, retryAt, true);
    return retryAt;
  }
}
