import type { QueryClient } from '@tanstack/react-query';
import type { MailboxThreads } from '#lib/mail/thread-groups.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { layRows } from '#lib/client/message-list/list-state.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { fillPreviews } from '#lib/client/message-list/preview-fill.ts';
import { joinArrived, toThreadState } from './thread-state.ts';
import type { ThreadState } from './thread-state.ts';

/** Messages whose threads are asked for first, and then. The server bounds the second. */
const firstLook = 2_000;
const wholeLook = 200_000;
/** Arrivals within so long are asked for together. Milliseconds. */
const joinDelayMs = 150;
/** Asking takes at most this part of the time. */
const pace = 4;
const retryMs = 5_000;
const maxTries = 4;
/** Rows asked for at once: few enough that a click, or the page when it is loaded again, hardly waits behind them. */
const rowsAtOnce = 40;
const maxInFlight = 2;
/** Rows kept, and rows needed at a time, at most. */
const mostRows = 4_000;
const mostWanted = 3_000;
const previewDelayMs = 120;

/** Reads what a list of conversations needs beyond the flat list: which messages belong together, and rows by UID. */
export interface ThreadLoader {
  /** Learns the mailbox's threads, those of the newest messages first. */
  learn(): void;
  /** Learns to which threads belongs what arrived since. */
  join(): void;
  /** Rows that are needed, the most urgent first; `newest` of each thread in sight also with their preview. */
  show(uids: readonly number[], newest: readonly number[]): void;
  stop(): void;
}

export function makeThreadLoader(client: QueryClient, mailbox: string): ThreadLoader {
  const inFlight = new Set<number>();
  let wanted: readonly number[] = [];
  let shown: readonly number[] = [];
  let requests = 0;
  let learning: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let previewing: AbortController | null = null;
  let earliest = 0;
  let tries = 0;
  /** Something arrived while the threads were being read: the answer may be from before. */
  let isJoinDue = false;

  const list = () => client.getQueryData<ListState>(keys.list(mailbox));
  const threads = () => client.getQueryData<ThreadState>(keys.threads(mailbox));

  async function ask(newest: number, fromUid: number | null, signal: AbortSignal): Promise<MailboxThreads> {
    const start = performance.now();
    try {
      return await fetchJson<MailboxThreads>(`/api/threads?${query({ mailbox, newest, fromUid })}`, { signal });
    } finally {
      earliest = performance.now() + (performance.now() - start) * pace;
    }
  }

  /** One at a time; what fails is tried again a few times, and then with the next arrival. */
  function run(work: (signal: AbortSignal) => Promise<void>): void {
    if (learning) return;
    const controller = new AbortController();
    learning = controller;
    work(controller.signal)
      .then(
        () => (tries = 0),
        () => {
          if (controller.signal.aborted || tries >= maxTries) return;
          tries += 1;
          timer = setTimeout(() => run(work), retryMs);
        },
      )
      .finally(() => {
        if (learning !== controller) return;
        learning = null;
        if (!isJoinDue) return;
        isJoinDue = false;
        join();
      });
  }

  function join(): void {
    clearTimeout(timer);
    const look = () => {
      if (learning) isJoinDue = true;
      else run(joinNew);
    };
    timer = setTimeout(look, Math.max(joinDelayMs, earliest - performance.now()));
  }

  async function learnAll(signal: AbortSignal): Promise<void> {
    for (const newest of [firstLook, wholeLook]) {
      const read = await ask(newest, null, signal);
      client.setQueryData<ThreadState>(keys.threads(mailbox), toThreadState(read, newest === wholeLook));
      if (read.firstUid <= 1) return;
    }
  }

  async function joinNew(signal: AbortSignal): Promise<void> {
    const fromUid = threads()?.uidNext;
    if (fromUid === undefined) return learnAll(signal);
    const read = await ask(wholeLook, fromUid, signal);
    const now = threads();
    const joined = now && joinArrived(now, read, fromUid);
    if (joined) client.setQueryData<ThreadState>(keys.threads(mailbox), joined);
    else await learnAll(signal);
  }

  function pump(): void {
    const state = list();
    if (!state?.uids) return;
    while (requests < maxInFlight) {
      const missing = wanted.filter((uid) => !state.rows.has(uid) && !inFlight.has(uid)).slice(0, rowsAtOnce);
      if (missing.length === 0) return;
      void load(missing, state.uidValidity);
    }
  }

  async function load(uids: number[], uidValidity: number): Promise<void> {
    for (const uid of uids) inFlight.add(uid);
    requests += 1;
    try {
      const search = query({ mailbox, uidValidity, uids: uids.join(',') });
      const { rows } = await fetchJson<{ rows: MessageSummary[] }>(`/api/messages/rows?${search}`);
      const state = list();
      if (state?.uidValidity === uidValidity) {
        client.setQueryData<ListState>(keys.list(mailbox), layRows(state, rows, new Set(wanted), mostRows));
      }
      // What is gone is not asked for again before the list has heard of it.
      const there = new Set(rows.map(({ uid }) => uid));
      for (const uid of uids) if (there.has(uid)) inFlight.delete(uid);
    } catch {
      // Rows stay skeletons; the next look asks again.
      setTimeout(() => uids.forEach((uid) => inFlight.delete(uid)), retryMs);
    }
    requests -= 1;
    pump();
    schedulePreviews();
  }

  function schedulePreviews(): void {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(() => {
      const state = list();
      const uids = state ? shown.filter((uid) => state.rows.get(uid)?.preview === null) : [];
      if (uids.length === 0) return;
      previewing?.abort();
      previewing = new AbortController();
      void fillPreviews(client, mailbox, [...uids], previewing.signal);
    }, previewDelayMs);
  }

  return {
    learn: () => run(learnAll),
    join,
    show(uids, newest) {
      wanted = uids.slice(0, mostWanted);
      shown = newest;
      pump();
      schedulePreviews();
    },
    stop() {
      learning?.abort();
      learning = null;
      clearTimeout(timer);
      clearTimeout(previewTimer);
      previewing?.abort();
    },
  };
}
