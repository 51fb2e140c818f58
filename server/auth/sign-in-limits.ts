import 'server-only';
import { MailError } from '#lib/errors.ts';
import { takePlace } from '#server/processes/places.ts';
import { addSignInFailures, deleteSignInFailures, findSignInFailures } from '#server/store/sign-in-rows.ts';
import { isProven, makeChallenge } from './proof-of-work.ts';

/**
 * Slows down guessing without giving anyone a way to lock others out: per address of the client, and per
 * account from that address. An account tried from everywhere asks for a proof of work from browsers it does not know, and
 * shows the mail server a bounded number of their attempts; never is it locked. Only refused passwords count; they and the tries
 * under way count for all server processes together.
 */
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

/** Runs a sign-in within the limits; throws too-many-attempts with the seconds to wait, proof-needed with a challenge. */
export async function limitSignIn<T>(attempt: SignInAttempt, signIn: () => Promise<T>, now = Date.now): Promise<T> {
  const { client, account } = attempt;
  const pair = `${client}\n${account}`;
  const wait = Math.max(delayOf(`c:${client}`, perClient, now()), delayOf(`p:${pair}`, perPair, now()));
  if (wait > 0) throw new MailError('too-many-attempts', { retryAfter: Math.ceil(wait / 1000) });
  const mustProve = !attempt.isKnownDevice && isUnderAttack(account, now());
  if (mustProve) requireAnswer(attempt, now());
  // Of a known device only its own attempts count: strangers cannot use up what the owner needs. All the others share
  // two places, or a thousand that come at once would be at the mail server before the first was refused.
  const leave = takePlace(`sign-in ${attempt.isKnownDevice ? pair : account}`, maxInFlight);
  if (!leave) throw new MailError('too-many-attempts', { retryAfter: 2 });
  try {
    if (mustProve) requireProof(attempt, now());
    const result = await signIn();
    deleteSignInFailures(`p:${pair}`);
    return result;
  } catch (error) {
    if (error instanceof Error && (error as { code?: unknown }).code === 'wrong-credentials') {
      const since = ({ windowMs, longestDelayMs }: Limit) => now() - Math.max(windowMs, longestDelayMs);
      const counted = [
        { key: `c:${client}`, since: since(perClient) },
        { key: `p:${pair}`, since: since(perPair) },
        { key: `a:${account}`, since: since(perAccount) },
      ];
      addSignInFailures(counted, now());
    }
    throw error;
  } finally {
    leave();
  }
}

function isUnderAttack(account: string, now: number): boolean {
  const failures = findSignInFailures(`a:${account}`);
  return failures !== null && failures.count >= perAccount.free && now - failures.last < perAccount.windowMs;
}

/** Whoever brings no proof at all costs no place. */
function requireAnswer({ account, client, challenge, proof }: SignInAttempt, now: number): void {
  if (!challenge || !proof) throw new MailError('proof-needed', { challenge: makeChallenge(account, client, now) });
}

/** A proof is good once: it is looked at when nothing else stands in the way. */
function requireProof({ account, client, challenge, proof }: SignInAttempt, now: number): void {
  if (challenge && proof && isProven(challenge, proof, account, client, now)) return;
  throw new MailError('proof-needed', { challenge: makeChallenge(account, client, now) });
}

function delayOf(key: string, limit: Limit, now: number): number {
  const failures = findSignInFailures(key);
  if (!failures || failures.count < limit.free) return 0;
  const doubled = limit.firstDelayMs * 2 ** Math.min(failures.count - limit.free, 20);
  return failures.last + Math.min(doubled, limit.longestDelayMs) - now;
}
