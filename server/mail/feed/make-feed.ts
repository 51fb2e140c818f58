import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import type { ConnectionState, MailEvent } from '#lib/mail/event.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { listenToAccount, pokeAccount, pokeMailboxes } from '#server/events/hub.ts';
import type { EventFrame } from '#server/events/sse.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readCountsOf } from '#server/imap/read-counts.ts';
import type { KnownState } from '#server/imap/read-delta.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { shareWatch } from '#server/imap/shared-watch.ts';
import type { Poke, Watch } from '#server/imap/watch.ts';
import { log } from '#server/log.ts';
import { readPreferences } from '#server/store/preference-rows.ts';
import { areSameNames } from './compare-mailboxes.ts';
import { divertBlocked } from '#server/mail/divert-blocked.ts';
import { divertMuted, muteTiming } from '#server/mail/divert-muted.ts';
import { mergePulls } from './merge-pulls.ts';
import { makePageAttention } from './page-attention.ts';
import { pollingPace } from './polling-pace.ts';
import { pullDelta } from './pull-delta.ts';
import type { PulledDelta } from './pull-delta.ts';
import { makeQuotaTeller } from './quota-teller.ts';
import type { FeedListener, SessionFeed } from './session-feed.ts';
import { makeToldState } from './told-state.ts';
import { within } from '#server/mail/within.ts';

/** The watch outlives its last listener this long, in milliseconds: a reload must not cost a new connection. */
const graceMs = 30_000;
const retryDelays = [1_000, 5_000, 15_000];

/** Makes the feed of one session; who has which is session-feed.ts's. */
export function makeFeed(session: ImapSession): SessionFeed {
  const listeners = new Set<FeedListener>();
  const told = makeToldState();
  const attention = makePageAttention();
  const pull = mergePulls(pullOnce);
  /** Mailboxes in a tree that was read without their counts. */
  const uncounted = new Set<MailboxPath>();
  let isCounting = false;
  let connection: { state: ConnectionState; reason: MailErrorCode | null } = { state: 'reconnecting', reason: null };
  let watch: Watch | null = null;
  let stopListening: (() => void) | null = null;
  let graceTimer: NodeJS.Timeout | undefined;
  let mailboxesTimer: NodeJS.Timeout | undefined;

  function tell(frame: EventFrame): void {
    for (const listener of listeners) listener.onFrame(frame);
  }

  const quota = makeQuotaTeller(session, (now) => tell({ token: null, events: [{ type: 'quota', quota: now }] }));

  async function pullOnce(path: MailboxPath): Promise<MailEvent[]> {
    const known = told.looked.get(path);
    if (!known) return count(path);
    const { frame, counts } = await pullWithoutMuted(path, known);
    // Without modseqs the same counts may hide another flag: who looks has to look again.
    const isSame = counts.token !== null && frame.events.length === 1 && told.isTold(path, counts);
    told.reach(path, counts);
    if (isSame) return [];
    if (listeners.size > 0) quota.mayHaveChanged();
    tell(frame);
    void divertBlocked(session, frame.events).then((paths) => paths.forEach((moved) => void pullQuietly(moved)));
    return frame.events;
  }

  /** What answers a muted conversation is out of the inbox before anybody is told of it; where that takes long, it is told and goes. */
  async function pullWithoutMuted(path: MailboxPath, known: KnownState): Promise<PulledDelta> {
    const pulled = await pullDelta(session, path, known);
    const diverting = divertMuted(session, pulled.frame.events);
    const moved = await within(diverting, muteTiming.waitMs);
    if (moved === null) void diverting.then((paths) => paths.forEach((one) => void pullQuietly(one)));
    if (!moved?.length) return pulled;
    for (const other of moved) if (other !== path) void pullQuietly(other);
    return pullDelta(session, path, known);
  }

  /** A mailbox nobody looks at: only its counts are told, and only when they moved. */
  async function count(path: MailboxPath): Promise<MailEvent[]> {
    const counts = await readCountsOf(session, path);
    if (told.isTold(path, counts)) return [];
    told.count(path, counts);
    if (listeners.size > 0) quota.mayHaveChanged();
    const events: MailEvent[] = [{ type: 'mailbox-counts', mailbox: path, counts }];
    tell({ token: counts.token, events });
    return events;
  }

  /** One after the other, so that what a person waits for comes in between; once somebody listens. */
  async function countInTurn(): Promise<void> {
    if (isCounting) return;
    isCounting = true;
    for (const path of uncounted) {
      uncounted.delete(path);
      await pull(path).catch(() => {}); // One that refuses has none, and is in nobody's way.
    }
    isCounting = false;
  }

  /** For pokes, where nobody waits for the answer: tries again by itself, and leaves the rest to the next poke. */
  async function pullQuietly(path: MailboxPath, attempt = 0): Promise<void> {
    try {
      await pull(path);
    } catch (error) {
      if (isMailError(error) && error.code === 'mailbox-missing') {
        told.forgetCounts(path); // Still looked at: were it made again, that is a reset.
        watch?.doubt(); // Renamed perhaps: what happens under the new name may be told by nobody (watch-by-notify.ts).
        return tellMailboxes();
      }
      retryLater(error, attempt, () => void pullQuietly(path, attempt + 1));
    }
  }

  /** Several names move at once when a parent is renamed: told once. */
  function tellMailboxes(): void {
    clearTimeout(mailboxesTimer);
    mailboxesTimer = setTimeout(() => tell({ token: null, events: [{ type: 'mailboxes-changed' }] }), 20);
  }

  /** Nothing else would tell what was missed while nobody listened: it too tries again by itself. */
  async function pullEverything(attempt = 0): Promise<void> {
    try {
      compare(await listMailboxes(session));
    } catch (error) {
      retryLater(error, attempt, () => void pullEverything(attempt + 1));
    }
  }

  /**
   * The watch connection looked at all. Where that is in doubt or names are other than told, another connection is asked too. When they
   * disagree Dovecot 2.3 left one of them with an old list (watch-by-notify.ts), and nobody knows which: both are replaced.
   */
  async function hearList(heard: readonly Mailbox[], isDoubtful: boolean): Promise<void> {
    if (!isDoubtful && !told.compare(heard).areNamesOther) return compare(heard);
    const own = await listMailboxes(session).catch(() => heard);
    if (!areSameNames(own, heard)) {
      watch?.renew();
      replaceCommands();
    }
    if (watch) compare(own);
  }

  /** Who reads the tree until then reads what the old connection says. */
  function replaceCommands(): void {
    void session.commands.replace().then(tellMailboxes);
  }

  /** Pulls what is no longer as it was told. */
  function compare(mailboxes: readonly Mailbox[]): void {
    const { names, areNamesOther, gone, moved, remade } = told.compare(mailboxes);
    told.list(names);
    if (areNamesOther) tellMailboxes();
    for (const path of gone) told.forgetCounts(path);
    if (gone.length + remade.length > 0) session.suspect([...gone, ...remade]);
    for (const path of moved) void pullQuietly(path);
  }

  function retryLater(error: unknown, attempt: number, retry: () => void): void {
    const delay = retryDelays[attempt];
    log.warn('pull-failed', { code: isMailError(error) ? error.code : 'unexpected', attempt });
    if (delay === undefined || listeners.size === 0) return;
    setTimeout(retry, delay).unref();
  }

  function onPoke(poke: Poke): void {
    switch (poke.kind) {
      case 'mailbox':
        return void pullQuietly(poke.path);
      case 'mailboxes':
        session.suspect(poke.paths);
        // What was told of them meanwhile may have been the ghost's words.
        for (const path of told.looked.keys()) if (poke.paths?.includes(path)) void pullQuietly(path);
        return tellMailboxes();
      case 'listed':
        return void hearList(poke.mailboxes, poke.isDoubtful);
      case 'outdated':
        return replaceCommands();
      case 'state':
        // The server fell silent: the other connections go the same way, and whoever used one would wait for its deadline.
        if (poke.reason === 'server-timeout' && connection.state !== 'reconnecting') {
          session.drop();
        }
        connection = { state: poke.state, reason: poke.reason };
        return tell({ token: null, events: [{ type: 'connection', ...connection }] });
    }
  }

  function start(): void {
    clearTimeout(graceTimer);
    if (watch) return;
    watch = shareWatch(session, onPoke);
    pace();
    stopListening = listenToAccount(session.accountKey, {
      sessionId: session.id,
      onPoke: (path) => void pullQuietly(path),
      onMailboxes(paths) {
        if (paths.length > 0) session.suspect(paths);
        watch?.doubt(); // Our own changes of names may end the log that the server tells others' changes from.
        tellMailboxes();
      },
      onFact(fact) {
        if (fact.type === 'preferences') pace();
        tell({ token: null, events: [fact] });
        return listeners.size > 0;
      },
    });
  }

  function pace(): void {
    const { checkEvery } = readPreferences(session.accountKey);
    watch?.setPace(pollingPace(checkEvery, attention.now()));
  }

  function stop(): void {
    attention.clear();
    quota.stop();
    clearTimeout(graceTimer);
    clearTimeout(mailboxesTimer);
    watch?.stop();
    stopListening?.();
    watch = null;
    stopListening = null;
    connection = { state: 'reconnecting', reason: null };
    // What nobody hears of would have to be told later: forget it, whoever comes back brings a token.
    told.clear();
    uncounted.clear();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      start();
      void countInTurn();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(graceTimer);
        graceTimer = setTimeout(stop, graceMs);
        graceTimer.unref();
      };
    },
    look(path, counts) {
      watch?.setFocus(path);
      told.look(path, counts);
    },
    note(path, counts) {
      if (!told.looked.has(path)) told.count(path, counts);
      else if (!told.isTold(path, counts)) void pullQuietly(path); // The tree must not know more than the list.
      if (path === 'INBOX' && !told.looked.has(path)) told.reach(path, counts); // New mail is announced wherever one is.
    },
    attend(page, now) {
      const before = attention.now();
      attention.set(page, now);
      pace();
      const isWakened = before === 'unseen' && now !== 'unseen';
      if (isWakened && readPreferences(session.accountKey).checkEvery !== null) watch?.look();
    },
    countsOf(path) {
      const counts = told.counted.get(path) ?? null;
      if (!counts) uncounted.add(path);
      if (!counts && listeners.size > 0) void countInTurn();
      return counts;
    },
    async pull(path) {
      const events = await pull(path);
      pokeAccount(session.accountKey, path, session.id);
      return events;
    },
    mailboxesMoved: (paths) => pokeMailboxes(session.accountKey, paths),
    reconnect() {
      if (!watch) return;
      watch.stop();
      watch = shareWatch(session, onPoke);
      pace();
      void pullEverything();
    },
    connection: () => connection,
    end(why) {
      if (why !== 'restart') tell({ token: null, events: [{ type: 'signed-out', why }] });
      for (const listener of listeners) listener.onEnd();
      listeners.clear();
      stop();
    },
  };
}
