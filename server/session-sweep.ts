import 'server-only';
import { idleLimits } from './auth/auth-session.ts';
import { tellSessionEnded } from './auth/session-ended.ts';
import { env } from './env.ts';
import { imapSessionIds } from './imap/sessions.ts';
import { log } from './log.ts';
import { onShutdown } from './shutdown.ts';
import { singleton } from './singleton.ts';
import { deleteLapsedSessionRows, missingSessionRows } from './store/session-rows.ts';

const everyMs = 1_000;

/**
 * Ends what ran out though its page keeps asking, and lets go of what another process or the administrator ended: within a second, on
 * every process that shares the store.
 */
export function startSessionSweep(): void {
  singleton('session-sweep', () => {
    const startedAt = Date.now();
    const timer = setInterval(() => sweepSessions(startedAt), everyMs);
    timer.unref();
    onShutdown('session-sweep', () => clearInterval(timer));
    return timer;
  });
}

/** One look at the store by a process that runs since `startedAt` (Unix milliseconds). */
export function sweepSessions(startedAt: number): void {
  try {
    const now = Date.now();
    const abandonedAfter = env().session.publicClosed * 1000;
    // While no process ran no page could have told that it is open.
    const streamBefore = now - startedAt < abandonedAfter ? 0 : now - abandonedAfter;
    for (const id of deleteLapsedSessionRows(now, idleLimits(), streamBefore)) tellSessionEnded(id, 'lapsed');
    for (const { id, why } of missingSessionRows(imapSessionIds())) tellSessionEnded(id, why);
  } catch {
    log.error('session-sweep-failed'); // The store is locked or gone; the next second tries again.
  }
}
