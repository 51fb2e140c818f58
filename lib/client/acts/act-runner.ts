import { notifyManager } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { isMailError, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { Relabelled } from '#lib/mail/relabelling.ts';
import type { AnyChange, ChangesAnswer, Placement, RenamedMailbox, SentChange } from '#lib/mail/change.ts';
import type { LabelWish } from '#lib/client/bulk/bulk-storage.ts';
import { hearLabels, isUnsent, onBulkSent, resumeBulks, unsentBulks } from '#lib/client/bulk/run-bulk.ts';
import { connection } from '#lib/client/feed/connection.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { followRename, leaveMailbox } from '#lib/client/mailbox/follow-mailbox.ts';
import { followRewritten } from '#lib/client/location.ts';
import { applyToCaches } from '#lib/client/feed/frames.ts';
import { keys } from '#lib/client/keys.ts';
import { renewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { toFrames } from '#lib/client/feed/to-frames.ts';
import type { MailboxesData } from '#lib/client/mailbox/use-mailboxes.ts';
import { enqueue, markSent, nextBatch, toSent, turnAround } from './act-state.ts';
import type { ActState, QueuedAct } from './act-state.ts';
import type { ActStorage } from './act-storage.ts';
import { acts } from './act-store.ts';
import { holdFramesOf, releaseFrames } from './held-frames.ts';
import { refuseChange, settleChange } from './settle.ts';

/** What the person is told of acts that did not come to what they wanted. */
export interface ActWords {
  refused(error: MailErrorValue, tryAgain: (() => void) | null): void;
  /** Messages that were no longer there, and messages that another device changed since and that stay as they are. */
  leftOut(gone: number, kept: number): void;
  /** Messages that it was done with besides, for they belong to the same conversations. */
  alsoDone(count: number): void;
  /** A label was wanted otherwise, and that has begun; `undoing` names the tasks that wait to take it back. */
  relabelled(wish: LabelWish, answer: Relabelled, undoing: readonly string[]): void;
}

const batchLimits = { changes: 20, messages: 2_000 };
const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** Refusals that may pass, after which one that keeps coming is told and the next act has its turn. */
const maxRefusals = 5;
/** The mail server cannot be reached: that holds for every act, and each waits for it. */
const outage: ReadonlySet<string> = new Set(['server-unreachable', 'server-timeout', 'too-many-connections']);

const makeId = () => crypto.randomUUID();

let wake: (() => void) | null = null;
let isLoaded = false;
const awaiting: (() => void)[] = [];

/** Does what the person wants: drawn at once, sent in their order. Answers the name it can be taken back by. */
export function act(changes: readonly AnyChange[], said: string | null): string {
  const id = makeId();
  update(enqueue(acts.get(), { id, changes: toSent(changes, makeId), said, after: unsentBulks() }));
  return id;
}

/** At once, or when it is known what earlier pages left to be sent: what waits is taken back in another way than what is done. */
export function whenActsAreLoaded(run: () => void): void {
  if (isLoaded) run();
  else awaiting.push(run);
}

/** Takes an act back, or does it again. */
export function turn(entryId: string): void {
  update(turnAround(acts.get(), entryId, makeId, unsentBulks()));
}

/**
 * Sends acts one call after the other for as long as the page stands: again and again while the line is gone, at once when it is
 * back. Facts go in before an act stops being pending, so that nothing flickers in between.
 */
export function runActs(client: QueryClient, storage: ActStorage, words: () => ActWords): () => void {
  let isEnded = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = true;

  /** Sends what is next, in the very event in which it was asked for: before anything is drawn. Or looks again when the time is over. */
  function step(): void {
    if (isEnded || isBusy) return;
    clearTimeout(timer);
    const batch = nextBatch(acts.get(), batchLimits, isUnsent);
    if (batch.length === 0 || !navigator.onLine) {
      timer = setTimeout(step, longestDelayMs);
      return;
    }
    isBusy = true;
    void sendBatch(batch).then((isDone) => {
      isBusy = false;
      failures = isDone ? 0 : failures + 1;
      if (isDone) step();
      else
        timer = setTimeout(
          step,
          Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1)) * (0.75 + Math.random() / 2),
        );
    });
  }

  async function begin(): Promise<void> {
    const kept = await storage.load();
    const now = acts.get();
    acts.set({ ...now, items: [...kept, ...now.items] });
    if (isEnded) return;
    resumeBulks(storage.bulks, (error) => words().refused(error, null));
    isLoaded = true;
    for (const run of awaiting.splice(0)) run();
    isBusy = false;
    step();
  }

  /** False when it has to be tried again later. */
  async function sendBatch(batch: readonly SentChange[]): Promise<boolean> {
    holdFramesOf(new Set(batch.flatMap(({ change }) => mailboxesOf(change))));
    update(markSent(acts.get(), new Set(batch.map(({ id }) => id))));
    // A route, not a Server Action: that would leave the page a frame later, when all that was asked for before is answered.
    const asked = fetchJson<ChangesAnswer>('/api/acts', { body: { changes: batch } });
    const [answer, error] = await asked.then(
      (value) => [value, null] as const,
      (cause: unknown) =>
        [null, toMailErrorValue(isMailError(cause) ? cause : new MailError('unexpected', { cause }))] as const,
    );
    if (isEnded) return true;
    if (answer) return apply(answer);
    releaseFrames();
    return refuse(batch[0]?.id ?? '', error);
  }

  async function apply({ results, events, tree }: ChangesAnswer): Promise<boolean> {
    let state = acts.get();
    let gone = 0;
    let kept = 0;
    let added = 0;
    const renamed: RenamedMailbox[] = [];
    const placed: Placement[] = [];
    for (const result of results) {
      if (!('outcome' in result)) continue;
      const isOwn = state.items.some(({ entry, changes }) => entry && changes?.some(({ id }) => id === result.id));
      if (isOwn) {
        gone += result.outcome.gone;
        kept += result.outcome.kept;
        added += result.outcome.added ?? 0;
      }
      state = settleChange(state, result.id, result.outcome, makeId);
      if (result.outcome.renamed) renamed.push(result.outcome.renamed);
      placed.push(...result.outcome.placed);
    }
    notifyManager.batch(() => {
      update(state); // First, for it tells our own changes of keywords from those of others.
      releaseFrames();
      applyToCaches(client, toFrames(events));
      for (const { from, to, uids } of placed) if (from.mailbox === to.mailbox) followRewritten(from.mailbox, uids);
      for (const { from, to } of renamed) {
        if (to === null) leaveMailbox(from);
        else followRename(client, from, to);
      }
      if (tree) client.setQueryData<MailboxesData>(keys.mailboxes, tree);
    });
    if (gone + kept > 0) words().leftOut(gone, kept);
    if (added > 0) words().alsoDone(added);
    let isDone = true;
    for (const result of results) if ('error' in result) isDone = (await refuse(result.id, result.error)) && isDone;
    return isDone;
  }

  async function refuse(id: string, error: MailErrorValue): Promise<boolean> {
    if (isSessionOver(error.code)) {
      await sessionOver(error.code);
      return true;
    }
    if (error.code === 'wrong-credentials') {
      await renewed();
      return true;
    }
    const item = acts.get().items.find(({ changes }) => changes?.some((sent) => sent.id === id));
    if (error.retryable && (outage.has(error.code) || (item?.refusals ?? 0) < maxRefusals)) {
      if (item) update(countRefusal(acts.get(), item));
      return false;
    }
    const { state, refused } = refuseChange(acts.get(), id, makeId);
    update(state);
    const again = refused?.changes?.map(({ change }) => change) ?? [];
    // It may have been refused because the tree is another by now.
    if (again.some((change) => !isMailChange(change))) void client.invalidateQueries({ queryKey: keys.mailboxes });
    // A folder of somebody else that may only be read: nobody asked for the mark, and the message shows as unread.
    const isMark = (change: AnyChange) => change.type === 'set-keyword' && change.keyword === '$seen';
    if (refused?.entry === null && error.code === 'permission-denied' && again.every(isMark)) return true;
    const said = refused?.entry ? (acts.get().log.find((entry) => entry.id === refused.entry)?.said ?? '') : null;
    words().refused(error, error.retryable && again.length > 0 ? () => act(again, said) : null);
    return true;
  }

  const before = storage.log();
  acts.set({ ...acts.get(), log: [...before, ...acts.get().log] });
  const stopSaving = acts.subscribe(() => storage.save(acts.get()));
  const stopListening = connection.subscribe(() => connection.get().state === 'live' && failures > 0 && step());
  window.addEventListener('online', step);
  wake = () => {
    if (failures === 0) step();
  };
  const stopWaiting = onBulkSent(() => wake?.());
  hearLabels((...told) => words().relabelled(...told));
  void begin();
  return () => {
    isEnded = true;
    wake = null;
    clearTimeout(timer);
    stopSaving();
    stopListening();
    stopWaiting();
    releaseFrames();
    window.removeEventListener('online', step);
  };
}

function update(state: ActState): void {
  acts.set(state);
  wake?.();
}

function countRefusal(state: ActState, item: QueuedAct): ActState {
  const counted = { ...item, refusals: item.refusals + 1 };
  return { ...state, items: state.items.map((one) => (one.id === item.id ? counted : one)) };
}

function mailboxesOf(change: AnyChange): string[] {
  if (!isMailChange(change)) return [];
  const sources = change.messages.map(({ mailbox }) => mailbox);
  return 'to' in change ? [...sources, change.to] : sources;
}
