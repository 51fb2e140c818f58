import 'server-only';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import { singleton } from '#server/singleton.ts';

/** Somebody who holds a connection or wants one. */
export interface Claim {
  kind: 'commands' | 'transfers' | 'search' | 'watch';
  /** Whether its connection stands: let through it may still be on its way. */
  isOpen(): boolean;
  /** Begins to close its connection if nobody uses it at the moment; answers whether it does. Listening is no use. */
  yieldIfIdle(): boolean;
  /** Closes it in the middle of what it does: for a search, which may take minutes and is begun again. Answers whether it does. */
  yieldNow(): boolean;
}

export interface GovernorCounters {
  /** Connections that were let through. */
  granted: number;
  /** Of these, those that had to wait for another to close or for the server's refusal to pass. */
  waited: number;
  /** Connections closed to make room. */
  yielded: number;
  /** Times that the server said it has too many connections of the person. */
  refused: number;
  /** Claims that gave up. */
  expired: number;
}

interface Waiter {
  claim: Claim;
  hasWaited: boolean;
  grant: () => void;
}

interface Pool {
  holders: Set<Claim>;
  /** Those that were asked to close and are closing. */
  leaving: Set<Claim>;
  waiting: Waiter[];
  /** At most so many at once: the administrator's budget, or less while the server refuses more. */
  limit: number;
  /** Unix milliseconds before which nothing is opened. */
  blockedUntil: number;
  refusals: number;
  timer: NodeJS.Timeout | undefined;
}

const firstBackOff = 500;
/** Short: a person may be waiting, and a place may be free again at any moment. Milliseconds. */
const longestBackOff = 4_000;
/** After so long without a refusal the budget is tried in full again. Milliseconds. */
const trustAgainAfter = 60_000;

const pools = singleton('imap-pools', () => new Map<string, Pool>());
const counters = singleton('imap-counters', (): GovernorCounters => ({
  granted: 0,
  waited: 0,
  yielded: 0,
  refused: 0,
  expired: 0,
}));

/**
 * Lets an account's connections through: at most the budget at once over all of a person's sessions in this process, in the
 * order they were asked for, what the person waits for before what only listens. Where the budget is used up an idle
 * connection is closed to make room. Resolves with the function that gives the place back; throws too-many-connections
 * when none was free before `deadline` (Unix milliseconds).
 */
export function acquireConnection(key: string, claim: Claim, deadline: number): Promise<() => void> {
  const pool = poolOf(key);
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      claim,
      hasWaited: false,
      grant() {
        clearTimeout(timer);
        counters.granted += 1;
        if (waiter.hasWaited) counters.waited += 1;
        resolve(() => release(key, pool, claim));
      },
    };
    const timer = setTimeout(
      () => {
        pool.waiting.splice(pool.waiting.indexOf(waiter), 1);
        counters.expired += 1;
        reject(new MailError('too-many-connections'));
        tidy(key, pool);
      },
      Math.max(0, deadline - Date.now()),
    );
    const behind = claim.kind === 'watch' ? -1 : pool.waiting.findIndex((other) => other.claim.kind === 'watch');
    pool.waiting.splice(behind < 0 ? pool.waiting.length : behind, 0, waiter);
    serve(key, pool);
    waiter.hasWaited = true;
  });
}

/** A claim that was let through has its connection: only now can it be asked to make room. */
export function connectionOpened(key: string): void {
  const pool = pools.get(key);
  if (pool) serve(key, pool);
}

/** The server said that it has too many connections of this person: fewer from now on, and not at once. */
export function connectionRefused(key: string): void {
  const pool = poolOf(key);
  counters.refused += 1;
  pool.refusals += 1;
  pool.limit = Math.max(1, Math.min(pool.limit, pool.holders.size));
  const backOff = Math.min(longestBackOff, firstBackOff * 2 ** (pool.refusals - 1));
  pool.blockedUntil = Date.now() + backOff * (0.5 + Math.random());
  serve(key, pool);
}

/** Connections of the account that could be opened now without anybody having to make room. */
export function placesLeft(key: string): number {
  const pool = pools.get(key);
  if (!pool) return env().imap.maxConnections;
  return Math.max(0, pool.limit - pool.holders.size - pool.waiting.length);
}

/** Whether the server has let the account in and keeps it so. */
export function isAccountConnected(key: string): boolean {
  return [...(pools.get(key)?.holders ?? [])].some((claim) => claim.isOpen());
}

/** Who waits for a place: whoever has become idle should close, at once for a person and soon for a listener. */
export function awaitedBy(key: string): 'person' | 'watch' | null {
  const waiting = pools.get(key)?.waiting ?? [];
  if (waiting.length === 0) return null;
  return waiting.some(({ claim }) => claim.kind !== 'watch') ? 'person' : 'watch';
}

/** What happened since the process started, over all accounts. */
export function governorCounters(): Readonly<GovernorCounters> & { held: number; waiting: number } {
  let held = 0;
  let waiting = 0;
  for (const pool of pools.values()) {
    held += pool.holders.size;
    waiting += pool.waiting.length;
  }
  return { ...counters, held, waiting };
}

function poolOf(key: string): Pool {
  const existing = pools.get(key);
  if (existing) return existing;
  const made: Pool = {
    holders: new Set(),
    leaving: new Set(),
    waiting: [],
    limit: env().imap.maxConnections,
    blockedUntil: 0,
    refusals: 0,
    timer: undefined,
  };
  pools.set(key, made);
  return made;
}

function release(key: string, pool: Pool, claim: Claim): void {
  pool.holders.delete(claim);
  pool.leaving.delete(claim);
  serve(key, pool);
  tidy(key, pool);
}

function serve(key: string, pool: Pool): void {
  const now = Date.now();
  if (pool.refusals > 0 && now > pool.blockedUntil + trustAgainAfter) {
    pool.refusals = 0;
    pool.limit = env().imap.maxConnections;
  }
  for (let next = pool.waiting[0]; next; next = pool.waiting[0]) {
    if (now < pool.blockedUntil) return wakeAt(key, pool, pool.blockedUntil);
    if (pool.holders.size >= pool.limit) return makeRoom(pool, next.claim);
    pool.waiting.shift();
    pool.holders.add(next.claim);
    next.grant();
  }
}

/**
 * Asks one holder to close: an idle one, the one that holds longest first; for what a person waits for also a listener, and
 * a search that is under way. Whatever else is under way is short, and waited for.
 */
function makeRoom(pool: Pool, wanted: Claim): void {
  if (pool.leaving.size > 0) return; // One place is on its way.
  const holders = [...pool.holders];
  const [listeners, others] = [holders.filter(isListener), holders.filter((claim) => !isListener(claim))];
  if (others.some((claim) => leave(pool, claim, () => claim.yieldIfIdle()))) return;
  if (isListener(wanted) || others.some(({ kind }) => kind !== 'search')) return;
  if (listeners.some((claim) => leave(pool, claim, () => claim.yieldIfIdle()))) return;
  if (wanted.kind !== 'search') others.some((claim) => leave(pool, claim, () => claim.yieldNow()));
}

function isListener({ kind }: Claim): boolean {
  return kind === 'watch';
}

function leave(pool: Pool, claim: Claim, ask: () => boolean): boolean {
  pool.leaving.add(claim); // Before it is asked: it may be gone when it answers.
  const isLeaving = ask();
  if (isLeaving) counters.yielded += 1;
  else pool.leaving.delete(claim);
  return isLeaving;
}

function wakeAt(key: string, pool: Pool, at: number): void {
  clearTimeout(pool.timer);
  pool.timer = setTimeout(() => serve(key, pool), Math.max(1, at - Date.now()));
  pool.timer.unref();
}

/** A pool that nobody uses is forgotten, unless it still remembers a refusal. */
function tidy(key: string, pool: Pool): void {
  if (pool.holders.size > 0 || pool.waiting.length > 0) return;
  if (pool.refusals > 0 && Date.now() < pool.blockedUntil + trustAgainAfter) return;
  clearTimeout(pool.timer);
  if (pools.get(key) === pool) pools.delete(key);
}
