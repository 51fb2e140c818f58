import 'server-only';
import { MailError } from '#lib/errors.ts';
import { singleton } from '#server/singleton.ts';
import { isProven, makeChallenge } from './proof-of-work.ts';

/**
 * Slows down guessing without giving anyone a way to lock others out (security.md 2.5): per address of the client, and per
 * account from that address. An account tried from everywhere asks for a proof of work from browsers it does not know, and
 * shows the mail server a bounded number of their attempts; never is it locked. Only refused passwords count.
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

export interface SignInAttempt {
  /** What the client is counted by (client-address.ts). */
  client: string;
  /** The account's key. */
  account: string;
  /** The browser proved that it signed in as the account before. */
  isKnownDevice: boolean;
  /** The answer to a challenge, where there is one. */
  challenge?: string;
  proof?: string;
}

const perClient: Limit = { free: 10, windowMs: 10 * 60_000, firstDelayMs: 5_000, longestDelayMs: 15 * 60_000 };
const perPair: Limit = { free: 5, windowMs: 10 * 60_000, firstDelayMs: 1_000, longestDelayMs: 60_000 };
/** Of an account over all clients; the longest delay is none: it asks for a proof instead. */
const perAccount: Limit = { free: 20, windowMs: 15 * 60_000, firstDelayMs: 0, longestDelayMs: 0 };
const maxInFlight = 2;
const maxEntries = 50_000;

const state = singleton('sign-in-limits', () => ({
  failures: new Map<string, Failures>(),
  inFlight: new Map<string, number>(),
}));

/** Runs a sign-in within the limits; throws too-many-attempts with the seconds to wait, proof-needed with a challenge. */
export async function limitSignIn<T>(attempt: SignInAttempt, signIn: () => Promise<T>, now = Date.now): Promise<T> {
  const { client, account } = attempt;
  const pair = `${client}\n${account}`;
  const wait = Math.max(delayOf(`c:${client}`, perClient, now()), delayOf(`p:${pair}`, perPair, now()));
  if (wait > 0) throw new MailError('too-many-attempts', { retryAfter: Math.ceil(wait / 1000) });
  // Of a known device only its own attempts count: strangers cannot use up what the owner needs.
  const place = attempt.isKnownDevice ? pair : isUnderAttack(account, now()) ? account : pair;
  const running = state.inFlight.get(place) ?? 0;
  if (running >= maxInFlight) throw new MailError('too-many-attempts', { retryAfter: 2 });
  if (place === account) requireProof(attempt, now());
  state.inFlight.set(place, running + 1);
  try {
    const result = await signIn();
    state.failures.delete(`p:${pair}`);
    return result;
  } catch (error) {
    if (error instanceof Error && (error as { code?: unknown }).code === 'wrong-credentials') {
      count(`c:${client}`, perClient, now());
      count(`p:${pair}`, perPair, now());
      count(`a:${account}`, perAccount, now());
    }
    throw error;
  } finally {
    const left = (state.inFlight.get(place) ?? 1) - 1;
    if (left > 0) state.inFlight.set(place, left);
    else state.inFlight.delete(place);
  }
}

function isUnderAttack(account: string, now: number): boolean {
  const failures = state.failures.get(`a:${account}`);
  return failures !== undefined && failures.count >= perAccount.free && now - failures.last < perAccount.windowMs;
}

function requireProof({ account, client, challenge, proof }: SignInAttempt, now: number): void {
  if (challenge && proof && isProven(challenge, proof, account, client, now)) return;
  throw new MailError('proof-needed', { challenge: makeChallenge(account, client, now) });
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
