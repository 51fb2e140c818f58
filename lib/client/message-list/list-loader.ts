import type { QueryClient } from '@tanstack/react-query';
import type { MailEvent } from '#lib/mail/event.ts';
import { MailError } from '#lib/errors.ts';
import type { MailboxUids, MessageWindow } from '#lib/mail/message.ts';
import { countDifferences } from './compare-window.ts';
import { takeDrift } from './drift.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { applyFrame } from './apply-frame.ts';
import { fromWindow, positionOf, rowAtPosition, trimAround, withUids } from './list-state.ts';
import { mergeWindow, replaceBy } from './merge-window.ts';
import type { ListState } from './list-state.ts';
import { fillPreviews } from './preview-fill.ts';

/** Rows asked for at once; blocks are aligned, counted from the oldest, so that the same rows have the same address. */
const blockSize = 50;
const maxInFlight = 2;
/** Blocks that one answer may hold. */
const maxBlocks = 4;
/** Positions kept on either side of what is shown. */
const keepAround = 1_500;
const previewDelayMs = 120;
/** Rows read anew at most, and tries to read them at the state that is held. */
const maxResync = 200;
const resyncAttempts = 3;
const knowAttempts = 4;
/** Places at which a mailbox that was made again is read to find what was looked at or chosen. */
const maxFollowed = 8;
/** What the server has and we have not may be on its way for so long. Milliseconds. */
const onItsWayMs = 2_000;

interface Range {
  from: number;
  to: number;
}

/**
 * Loads what the list shows and no more: the newest range asked for first, blocks that went out of sight aborted. It only
 * reads; what it reads goes into the query cache through merge-window.ts and apply-frame.ts.
 */
export interface ListLoader {
  /** Positions in sight, from the oldest, inclusive; of these only `wanted`, where it is given: the others are about to leave. */
  show(from: number, to: number, wanted?: readonly number[]): void;
  /** Learns which messages there are, loaded or not. Throws a MailError; server-unavailable while it moves too fast. */
  knowAll(): Promise<ListState>;
  /** Positions in sight, or null before the first. */
  inSight(): Range | null;
  /** Asks for the changes since the state's token; for a state that was not looked at for a while. */
  catchUp(): Promise<void>;
  /** Reads anew what is in sight; answers how many messages had been held otherwise than the server has them. */
  resync(): Promise<number>;
  /** Compares the counts with the server's, and resyncs where they differ; answers as resync does. */
  verify(): Promise<number>;
  stop(): void;
}

export function makeListLoader(client: QueryClient, mailbox: string): ListLoader {
  const inFlight = new Map<number, AbortController>();
  let shown: Range | null = null;
  let wanted: readonly number[] | null = null;
  let catching: Promise<void> | null = null;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let previewing: AbortController | null = null;
  let failures = 0;

  const read = () => client.getQueryData<ListState>(keys.list(mailbox));
  const write = (state: ListState) => client.setQueryData<ListState>(keys.list(mailbox), state);

  function pump(): void {
    const state = read();
    if (!shown || !state || failures > 4) return;
    const missing = missingBlocks(state, shown, wanted);
    // What is read anew takes the place of all that is held: in one piece, so that nothing in sight is missing meanwhile.
    if (state.isStale)
      return void (inFlight.size === 0 && missing.length > 0 && load(Math.min(...missing), missing.length));
    for (const block of missing) {
      if (inFlight.size >= maxInFlight) return;
      if (!inFlight.has(block)) void load(block);
    }
  }

  async function load(block: number, blocks = 1): Promise<void> {
    const controller = new AbortController();
    inFlight.set(block, controller);
    const from = block * blockSize + 1;
    const search = query({ mailbox, from, to: from + Math.min(blocks, maxBlocks) * blockSize - 1 });
    try {
      const window = await fetchJson<MessageWindow>(`/api/messages?${search}`, { signal: controller.signal });
      await merge(window);
      failures = 0;
    } catch {
      // Rows stay skeletons; scrolling or coming back online asks again, a failing server is not hammered.
      if (!controller.signal.aborted) failures += 1;
    } finally {
      inFlight.delete(block);
    }
    pump();
    schedulePreviews();
  }

  async function merge(window: MessageWindow): Promise<void> {
    const state = read();
    if (!state) return;
    if (window.uidValidity !== state.uidValidity) return readAnew(client, mailbox);
    let merged = mergeWindow(state, window);
    if (merged.outcome === 'ahead') {
      await catchUp();
      const caughtUp = read();
      if (!caughtUp) return;
      merged = mergeWindow(caughtUp, window);
    }
    if (merged.outcome === 'merged') {
      write(shown ? trimAround(merged.state, shown.from, shown.to, keepAround) : merged.state);
    }
  }

  function withUidsOf(read: MailboxUids): ListState | null {
    const state = client.getQueryData<ListState>(keys.list(mailbox));
    const known = state && withUids(state, read);
    if (known) write(known);
    return known ?? null;
  }

  function catchUp(): Promise<void> {
    catching ??= pullChanges(client, mailbox).finally(() => {
      catching = null;
      pump();
    });
    return catching;
  }

  async function resync(): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      await catchUp(); // What the feed would have brought is no repair.
      const state = read();
      if (!state || !shown) return 0;
      const to = Math.max(1, Math.min(shown.to, state.messages));
      const search = query({ mailbox, from: Math.max(1, shown.from, to - maxResync + 1), to });
      const window = await fetchJson<MessageWindow>(`/api/messages?${search}`);
      const now = read();
      if (!now) return 0;
      if (window.uidValidity !== now.uidValidity) {
        await readAnew(client, mailbox);
        return now.rows.size;
      }
      if (window.token !== now.token && attempt < resyncAttempts) continue;
      const repaired = countDifferences(now, window);
      write(replaceBy(now, window));
      pump();
      return repaired;
    }
  }

  function schedulePreviews(): void {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(() => {
      const state = read();
      if (!state || !shown) return;
      const uids: number[] = [];
      for (let position = shown.to; position >= shown.from; position -= 1) {
        const row = rowAtPosition(state, position);
        if (row?.preview === null) uids.push(row.uid);
      }
      if (uids.length === 0) return;
      previewing?.abort();
      previewing = new AbortController();
      void fillPreviews(client, mailbox, uids, previewing.signal);
    }, previewDelayMs);
  }

  return {
    show(from, to, only) {
      shown = { from, to };
      wanted = only ?? null;
      const first = Math.floor((from - 1) / blockSize);
      const last = Math.floor((to - 1) / blockSize);
      for (const [block, controller] of inFlight) {
        if (block < first - 1 || block > last + 1) controller.abort();
      }
      pump();
      schedulePreviews();
    },
    inSight: () => shown,
    catchUp,
    resync,
    async knowAll() {
      for (let attempt = 1; attempt <= knowAttempts; attempt += 1) {
        const read = await fetchJson<MailboxUids>(`/api/messages/uids?${query({ mailbox })}`);
        const held = withUidsOf(read);
        if (held) return held;
        await catchUp();
        const caughtUp = withUidsOf(read);
        if (caughtUp) return caughtUp;
      }
      throw new MailError('server-unavailable');
    },
    async verify() {
      const held = read();
      if (!held?.token) return held ? resync() : 0;
      const { token, events } = await readFrame(held, held.token);
      await new Promise((resolve) => setTimeout(resolve, onItsWayMs));
      const now = read();
      const counts = events.findLast((event) => event.type === 'mailbox-counts')?.counts;
      if (!now || !counts || now.uidValidity !== held.uidValidity) return 0;
      const isBehind = token !== null && now.token === held.token && token !== held.token;
      const isOther =
        token === now.token &&
        (counts.messages !== now.messages || counts.unseen !== now.unseen || counts.uidNext !== now.uidNext);
      if (isBehind) await catchUp();
      return isOther ? resync() : isBehind ? 1 : 0;
    },
    stop() {
      for (const controller of inFlight.values()) controller.abort();
      previewing?.abort();
      clearTimeout(previewTimer);
    },
  };
}

/** Reads what happened since the state's token and applies it. A reset, or a server without modseqs, reads the list anew. */
export async function pullChanges(client: QueryClient, mailbox: string): Promise<void> {
  const state = client.getQueryData<ListState>(keys.list(mailbox));
  if (!state) return;
  if (!state.token) return readAnew(client, mailbox);
  const frame = await readFrame(state, state.token);
  const now = client.getQueryData<ListState>(keys.list(mailbox));
  const next = now && applyFrame(now, frame.token, frame.events);
  if (next) client.setQueryData<ListState>(keys.list(mailbox), next);
  else await readAnew(client, mailbox);
}

function readFrame(
  { mailbox, uidNext }: ListState,
  since: string,
): Promise<{ token: string | null; events: MailEvent[] }> {
  return fetchJson(`/api/messages/changes?${query({ mailbox, since, uidNext, drift: takeDrift() || null })}`);
}

async function readNewest(mailbox: string, signal?: AbortSignal): Promise<ListState> {
  return fromWindow(
    await fetchJson<MessageWindow>(`/api/messages?${query({ mailbox, newest: blockSize })}`, { signal }),
  );
}

/**
 * The newest rows of a mailbox that may have been made again, and then also those that stand where the ones in sight and the `chosen`
 * ones stood: whoever is looked at or selected has to be found again among them.
 */
export async function readInPlace(
  old: ListState | undefined,
  mailbox: string,
  { sight, chosen }: { sight: Range | null; chosen: readonly number[] },
  signal: AbortSignal,
): Promise<ListState> {
  let state = await readNewest(mailbox, signal);
  if (!old || old.uidValidity === state.uidValidity || state.messages === 0) return state;
  const middle = sight ? [Math.round((sight.from + sight.to) / 2)] : [];
  const places = [...middle, ...chosen.flatMap((uid) => positionOf(old, uid) ?? [])];
  for (const place of places.map((position) => Math.min(position, state.messages)).slice(0, maxFollowed)) {
    if (rowAtPosition(state, Math.max(1, place))) continue;
    const from = Math.max(1, place - blockSize);
    const range = query({ mailbox, from, to: Math.min(state.messages, from + 2 * blockSize - 1) });
    const window = await fetchJson<MessageWindow>(`/api/messages?${range}`, { signal });
    const merged = mergeWindow(state, window);
    if (merged.outcome === 'merged') state = merged.state;
  }
  return state;
}

async function readAnew(client: QueryClient, mailbox: string): Promise<void> {
  await client.invalidateQueries({ queryKey: keys.list(mailbox) });
}

/** Blocks that hold a position in sight without a row, nearest to the newest first; all of them when positions are suspect. */
function missingBlocks(state: ListState, { from, to }: Range, wanted: readonly number[] | null): number[] {
  const blocks = new Set<number>();
  const inSight = wanted ?? positions(Math.min(to, state.messages), Math.max(1, from));
  for (const position of inSight) {
    if (state.isStale || !rowAtPosition(state, position)) blocks.add(Math.floor((position - 1) / blockSize));
  }
  return [...blocks];
}

function positions(highest: number, lowest: number): number[] {
  return Array.from({ length: Math.max(0, highest - lowest + 1) }, (_, step) => highest - step);
}
