import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailErrorCode } from '#lib/errors.ts';
import type { ConnectionState } from '#lib/mail/event.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { watchByIdle } from './watch-by-idle.ts';
import { watchByNotify } from './watch-by-notify.ts';
import type { Lane } from './lane.ts';
import { toMailError } from './to-mail-error.ts';
import { watchTiming } from './watch-timing.ts';

/** "Something may have moved": never what. The truth is pulled. */
export type Poke =
  | { kind: 'mailbox'; path: MailboxPath }
  /** Made, renamed, deleted or subscribed; `paths` where the server names them. */
  | { kind: 'mailboxes'; paths: readonly MailboxPath[] | null }
  /**
   * All mailboxes as they are: anything may have changed while nobody listened. `isDoubtful`: names moved lately, and this connection may
   * have been left with an old list.
   */
  | { kind: 'listed'; mailboxes: readonly Mailbox[]; isDoubtful: boolean }
  /** Names moved a while ago, and any connection that stands since before may have been left with an old list. */
  | { kind: 'outdated' }
  | { kind: 'state'; state: ConnectionState; reason: MailErrorCode | null };

export interface Watch {
  /** The mailbox that matters most: without NOTIFY it is the one that IDLE listens to. */
  setFocus(path: MailboxPath): void;
  /** How often to look at what nothing is pushed of, in milliseconds; null: never. */
  setPace(paceMs: number | null): void;
  /** Looks now, whatever the pace. */
  look(): void;
  /** Looks now, and takes it that names moved of which the server tells nothing. */
  doubt(): void;
  /**
   * Goes on over another connection, as if nothing had been: what this one says of the mailboxes may not be true. At once, but ever more
   * seldom when that is said again and again.
   */
  renew(): void;
  stop(): void;
}

/** What a way of watching gets: listens on the connection until `signal` aborts or the connection closes. */
export interface WatchContext {
  client: ImapFlow;
  signal: AbortSignal;
  focus: () => MailboxPath;
  paceMs: () => number | null;
  /** The connection before was left with an old list, or may have been. */
  isRenewed: boolean;
  /** Ends this connection; another takes its place. */
  renew: () => void;
  /** True once after each time that somebody asked to look now. */
  takeLook: () => boolean;
  /** True once after each time that somebody said that names moved. */
  takeDoubt: () => boolean;
  /** Resolves after so many milliseconds, and sooner when something above changes, the connection closes, or the watch stops. */
  sleep: (milliseconds: number) => Promise<void>;
  /** Ends the sleep. */
  wake: () => void;
  poke: (poke: Poke) => void;
}

const firstDelay = 250;
const longestDelay = 30_000;
/** Why trying again would only bother the server: the person has to act first. */
const final: ReadonlySet<MailErrorCode> = new Set(['wrong-credentials', 'not-signed-in']);

/**
 * Watches all of an account's mailboxes on one connection until stopped; reconnects by itself with
 * growing, jittered delays (250 ms to 30 s) and says so. NOTIFY (RFC 5465) where the server has it, else IDLE (RFC 2177)
 * on the focused mailbox and LIST-STATUS for the others, else polling.
 */
export function watchMailboxes(lane: Lane, onPoke: (poke: Poke) => void): Watch {
  const stopping = new AbortController();
  let focus: MailboxPath = 'INBOX';
  let paceMs: number | null = watchTiming.pollMs;
  let isLookWanted = false;
  let isInDoubt = false;
  let isRenewing = false;
  let isRenewed = false;
  /** Unix milliseconds of the last renewal, and how long after it the next may be. */
  let renewedAt = 0;
  let renewalGap = 0;
  let renewTimer: NodeJS.Timeout | undefined;
  const { sleep, wake } = makeSleeper();

  async function listen(): Promise<void> {
    await lane.borrow(async (client) => {
      if (stopping.signal.aborted) return;
      clearTimeout(renewTimer);
      renewTimer = undefined;
      isRenewing = false;
      const context: WatchContext = {
        client,
        signal: stopping.signal,
        isRenewed,
        renew: renewNow,
        focus: () => focus,
        paceMs: () => paceMs,
        takeLook() {
          const wanted = isLookWanted;
          isLookWanted = false;
          return wanted;
        },
        takeDoubt() {
          const was = isInDoubt;
          isInDoubt = false;
          return was;
        },
        sleep,
        wake,
        poke: onPoke,
      };
      isRenewed = false;
      client.once('close', wake);
      const started = (state: ConnectionState) => onPoke({ kind: 'state', state, reason: null });
      const canIdle = client.capabilities.has('IDLE');
      // Without IDLE on top half of what NOTIFY would tell is lost (watch-by-notify.ts): no push to rely on.
      const canNotify = canIdle && client.capabilities.has('NOTIFY');
      const watched = canNotify && (await watchByNotify(context, () => started('live')));
      if (!watched) await watchByIdle(context, () => started(canIdle ? 'live' : 'polling'));
    });
  }

  async function run(): Promise<void> {
    let delay = firstDelay;
    while (!stopping.signal.aborted) {
      const began = Date.now();
      let reason: MailErrorCode | null = null;
      try {
        await listen();
      } catch (error) {
        reason = toMailError(error).code;
      }
      lane.drop();
      if (stopping.signal.aborted) return;
      if (isRenewing) {
        isRenewing = false;
        isRenewed = true;
        continue;
      }
      onPoke({ kind: 'state', state: 'reconnecting', reason });
      if (reason && final.has(reason)) return;
      if (Date.now() - began > longestDelay) delay = firstDelay;
      await sleep(delay * (0.5 + Math.random()));
      delay = Math.min(delay * 2, longestDelay);
    }
  }

  function renewNow(): void {
    clearTimeout(renewTimer);
    renewTimer = undefined;
    renewedAt = Date.now();
    isRenewing = true;
    lane.drop();
  }

  void run();
  return {
    setFocus(path) {
      if (path === focus) return;
      focus = path;
      wake();
    },
    setPace(wanted) {
      paceMs = wanted;
      wake();
    },
    look() {
      isLookWanted = true;
      wake();
    },
    renew() {
      const since = Date.now() - renewedAt;
      if (renewTimer || since < watchTiming.settleMs) return; // Another session says it of the same connection.
      // Two connections that never agree are no reason to make one after the other.
      const longer = Math.min(watchTiming.rearmMs, Math.max(watchTiming.settleMs, 2 * renewalGap));
      renewalGap = since > 2 * watchTiming.rearmMs ? 0 : longer;
      renewTimer = setTimeout(renewNow, Math.max(0, renewalGap - since));
      renewTimer.unref();
    },
    doubt() {
      isInDoubt = true;
      isLookWanted = true;
      wake();
    },
    stop() {
      stopping.abort();
      clearTimeout(renewTimer);
      wake();
      lane.drop();
    },
  };
}

/** One sleeper that may be woken, also just before it sleeps. It leaves nothing behind on anything that lives longer than its sleep. */
function makeSleeper(): { sleep: (milliseconds: number) => Promise<void>; wake: () => void } {
  let end: (() => void) | null = null;
  let isAwake = false;
  function wake(): void {
    isAwake = end === null;
    end?.();
    end = null;
  }
  return {
    wake,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (isAwake) {
          isAwake = false;
          return resolve();
        }
        const timer = setTimeout(wake, milliseconds);
        timer.unref();
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
