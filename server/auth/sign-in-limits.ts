import 'server-only';
import { MailError } from '#lib/errors.ts';
import { singleton } from '#server/singleton.ts';

/**
 * Slows down guessing without giving anyone a way to lock others out (security.md 2.5): per address of the client, and per
 * account from that address; never per account alone. Only refused passwords count.
 */
interface Failures {
  count: number;
  /** Milliseconds since the epoch. */
  last: number;
}

interface Limit {
  free: number;
  windowMs: number;
  firstDelayMs: number;
  longestDelayMs: number;
}

const perClient: Limit = { free: 10, windowMs: 10 * 60_000, firstDelayMs: 5_000, longestDelayMs: 15 * 60_000 };
const perPair: Limit = { free: 5, windowMs: 10 * 60_000, firstDelayMs: 1_000, longestDelayMs: 60_000 };
const maxInFlight = 2;
const maxEntries = 50_000;

const state = singleton('sign-in-limits', () => ({
  failures: new Map<string, Failures>(),
  inFlight: new Map<string, number>(),
}));

/** Runs a sign-in within the limits; throws too-many-attempts with the seconds to wait. */
export async function limitSignIn<T>(
  client: string,
  account: string,
  signIn: () => Promise<T>,
  now = Date.now,
): Promise<T> {
  const pair = `${client}\n${account}`;
  const wait = Math.max(delayOf(`c:${client}`, perClient, now()), delayOf(`p:${pair}`, perPair, now()));
  if (wait > 0) throw new MailError('too-many-attempts', { retryAfter: Math.ceil(wait / 1000) });
  const running = state.inFlight.get(pair) ?? 0;
  if (running >= maxInFlight) throw new MailError('too-many-attempts', { retryAfter: 2 });
  state.inFlight.set(pair, running + 1);
  try {
    const result = await signIn();
    state.failures.delete(`p:${pair}`);
    return result;
  } catch (error) {
    if (error instanceof Error && (error as { code?: unknown }).code === 'wrong-credentials') {
      count(`c:${client}`, perClient, now());
      count(`p:${pair}`, perPair, now());
    }
    throw error;
  } finally {
    const left = (state.inFlight.get(pair) ?? 1) - 1;
    if (left > 0) state.inFlight.set(pair, left);
    else state.inFlight.delete(pair);
  }
}

function delayOf(key: string, limit: Limit, now: number): number {
  const failures = state.failures.get(key);
  if (!failures || failures.count < limit.free) return 0;
  const doubled = limit.firstDelayMs * 2 ** Math.min(failures.count - limit.free, 20);
  return failures.last + Math.min(doubled, limit.longestDelayMs) - now;
}

function count(key: string, limit: Limit, now: number): void {
  const failures = state.failures.get(key);
  const isRecent = failures && now - failures.last < Math.max(limit.windowMs, limit.longestDelayMs);
  state.failures.delete(key); // Set anew: the map's order is from the oldest on.
  state.failures.set(key, { count: (isRecent ? failures.count : 0) + 1, last: now });
  const [oldest] = state.failures.keys();
  if (state.failures.size > maxEntries && oldest !== undefined) state.failures.delete(oldest);
}
