import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError } from '#lib/errors.ts';
import { closeImapSession, imapSession, jobSessionPrefix } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { singleton } from '#server/singleton.ts';
import { claimDueWake, postponeWake } from '#server/store/snooze-rows.ts';
import type { SnoozeRow } from '#server/store/snooze-rows.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { openWakeCredentials } from './plan-wake.ts';
import { snoozeTiming } from './snooze-timing.ts';
import { wakeAccount } from './wake-account.ts';

/** Accounts woken at once by this process. */
const maxRunning = 4;

const runner = singleton('wake-runner', () => ({
  isOn: false,
  timer: undefined as NodeJS.Timeout | undefined,
  running: new Set<Promise<void>>(),
}));

/** Wakes what is due while its people are away, until it is stopped; several processes on one store share the work. */
export function startWakes(): void {
  if (runner.isOn) return;
  runner.isOn = true;
  tick();
}

/** Takes nothing more, and lets what is being woken come to its end. */
export async function stopWakes(): Promise<void> {
  runner.isOn = false;
  clearTimeout(runner.timer);
  await Promise.all(runner.running);
}

function tick(): void {
  if (!runner.isOn) return;
  clearTimeout(runner.timer);
  try {
    takeDue();
  } catch (error) {
    log.error('wake', { name: error instanceof Error ? error.name : typeof error });
  }
  runner.timer = setTimeout(tick, snoozeTiming.pollMs);
  runner.timer.unref();
}

function takeDue(): void {
  while (runner.running.size < maxRunning) {
    const lease = randomUUID();
    const now = Date.now();
    const row = claimDueWake(lease, now, now + snoozeTiming.leaseMs);
    if (!row) return;
    const run = wake(row, lease).finally(() => runner.running.delete(run));
    runner.running.add(run);
  }
}

async function wake(row: SnoozeRow, lease: string): Promise<void> {
  const credentials = openWakeCredentials(row);
  const id = `${jobSessionPrefix}wake-${randomUUID().slice(0, 8)}`;
  try {
    // The key was taken out of use: the person's next sign-in wakes it.
    if (!credentials) return postponeWake(row.account_key, lease, row.wake_at, false);
    await wakeAccount(imapSession({ id, ...credentials, publicComputer: false }), row, lease);
  } catch (error) {
    const code = isMailError(error) ? error.code : 'unexpected';
    const backOff = snoozeTiming.backOffMs[row.attempts - 1] ?? snoozeTiming.backOffMs.at(-1) ?? 0;
    const isHopeless = code === 'wrong-credentials' || row.attempts >= snoozeTiming.attempts;
    log.warn('wake-failed', { code, attempts: row.attempts });
    postponeWake(row.account_key, lease, Date.now() + backOff, !isHopeless);
  } finally {
    endSessionFeed(id);
    await closeImapSession(id);
  }
}
