import type { QueryClient } from '@tanstack/react-query';
import { isMailError, toMailErrorValue } from '../errors.ts';
import type { MailEvent } from '../mail/event.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import type { MessageSummary } from '../mail/message.ts';
import type { SearchLine } from '../mail/search-results.ts';
import { leavesIn } from '../mail/leaves-in.ts';
import { fetchJson, query } from './fetch-json.ts';
import { applyToCaches } from './frames.ts';
import { keys } from './keys.ts';
import { searchPlace } from './mail-search.ts';
import type { MailSearch } from './mail-search.ts';
import { readLines } from './read-lines.ts';
import {
  addPreviews,
  applyArrivals,
  addRows,
  applyLines,
  applyToSearch,
  caughtUp,
  dropDated,
  mailboxesWithResults,
  noResults,
  searchedAnew,
  sortedAnew,
  withMade,
} from './search-state.ts';
import type { SearchedMailbox, SearchState } from './search-state.ts';
import type { Frame } from './to-frames.ts';
import { keepSelected } from './use-selection.ts';

const batch = 50;
const maxInFlight = 2;
const previewDelayMs = 120;
/** A sort that took so long is not done again for so many times as long. */
const restFactor = 4;

/** Runs one search and reads the rows that are looked at; what it learns goes into the query cache. */
export interface SearchRunner {
  /** Searches from the beginning, unless it was done or is under way. */
  start(): void;
  /** The same also when it was done; what is shown stays until there is news. Resolves at the end. */
  restart(): Promise<void>;
  /** Ends the search on the server as well; what was found stays. */
  stop(): void;
  /** Row indexes in sight, the first being 1. */
  show(first: number, last: number): void;
  /** The counts of mailboxes, however they became known. */
  hear(mailboxes: readonly Mailbox[]): void;
  /** Reads what was not told: rows that may be other by now, and what happened and arrived in searched mailboxes since. */
  catchUp(): void;
}

export function makeSearchRunner(client: QueryClient, mailbox: string, search: MailSearch): SearchRunner {
  const key = keys.search(mailbox, search);
  const place = searchPlace(mailbox, search);
  let running: AbortController | null = null;
  let arrivals: AbortController | null = null;
  let changes: AbortController | null = null;
  /** By mailbox, the state that was asked about last: a server that answers with less is not asked for ever. */
  const asked = { arrivals: new Map<string, number>(), changes: new Map<string, string | null>() };
  let reading = new AbortController();
  const inFlight = new Set<number>();
  let busy = 0;
  let shown: { first: number; last: number } | null = null;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let sortTimer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  let failures = 0;

  const read = () => client.getQueryData<SearchState>(key);
  const update = (change: (state: SearchState) => SearchState) =>
    client.setQueryData<SearchState>(key, (state) => change(state ?? noResults));

  async function run(): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    // What was found before stays in sight until the first results of this time.
    let isFresh = false;
    // An order is not shown in pieces where there is one already: who scrolled would lose their place.
    const before = search.sort ? (read()?.order ?? []) : [];
    const held: SearchLine[] = [];
    const start = performance.now();
    update((state) => ({ ...state, phase: 'searching', isStale: false, error: null, looked: null }));
    const tell = (lines: SearchLine[]) => {
      if (controller.signal.aborted) return;
      if (before.length > 0) return tellOrder(lines);
      const keep = isFresh || !lines.some(({ type }) => type === 'found' || type === 'done');
      const isFirst = !keep && !isFresh;
      if (!keep) isFresh = true;
      update((state) => applyLines(isFirst ? searchedAnew(state) : state, lines));
      if (read()?.phase === 'done') keepSelected(place, read()?.order ?? []);
      pump();
    };
    function tellOrder(lines: SearchLine[]): void {
      const isWhole = lines.some(({ type }) => type === 'done');
      held.push(...lines.filter(({ type }) => type === 'found' || type === 'done'));
      const others = lines.filter(({ type }) => type !== 'found' && type !== 'done');
      update((state) => applyLines(state, others));
      if (!isWhole) return;
      update((state) => sortedAnew(state, before, held));
      keepSelected(place, read()?.order ?? []);
      pump();
    }
    try {
      await readLines<SearchLine>('/api/search', { mailbox, ...search }, tell, controller.signal);
      if (read()?.phase === 'searching') throw new TypeError('The answer ended too soon');
    } catch (error) {
      if (controller.signal.aborted) return;
      const value = isMailError(error)
        ? toMailErrorValue(error)
        : ({ code: 'server-unreachable', retryable: true } as const);
      update((state) => ({ ...state, phase: 'failed', error: value }));
    } finally {
      if (running === controller) running = null;
      restUntil = performance.now() + (performance.now() - start) * restFactor;
    }
  }

  function pump(): void {
    const state = read();
    if (!state || !shown || failures > 4) return;
    while (busy < maxInFlight) {
      const wanted = state.order
        .slice(Math.max(0, shown.first - 1), shown.last)
        .filter((id) => (!state.rows.has(id) || state.dated.has(id)) && !inFlight.has(id));
      const [first] = wanted;
      const from = first === undefined ? undefined : state.refs[first];
      if (!from) break;
      const ids = wanted.filter((id) => state.refs[id]?.mailbox === from.mailbox).slice(0, batch);
      void load(
        from.mailbox,
        from.uidValidity,
        ids,
        ids.flatMap((id) => state.refs[id]?.uid ?? []),
      );
    }
    schedulePreviews();
  }

  async function load(path: string, uidValidity: number, ids: number[], uids: number[]): Promise<void> {
    const { signal } = reading;
    busy += 1;
    for (const id of ids) inFlight.add(id);
    try {
      const address = `/api/messages/rows?${query({ mailbox: path, uidValidity, uids: uids.join(',') })}`;
      const { rows } = await fetchJson<{ rows: MessageSummary[] }>(address, { signal });
      update((state) => addRows(state, path, uids, rows));
      if (rows.length < uids.length) keepSelected(place, read()?.order ?? []);
      failures = 0;
    } catch {
      if (!signal.aborted) failures += 1; // Rows stay skeletons; scrolling asks again, a failing server is not hammered.
    } finally {
      busy -= 1;
      for (const id of ids) inFlight.delete(id);
    }
    if (!signal.aborted) pump();
  }

  function schedulePreviews(): void {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(() => void fillPreviews(), previewDelayMs);
  }

  async function fillPreviews(): Promise<void> {
    const state = read();
    if (!state || !shown) return;
    const { signal } = reading;
    const missing = state.order
      .slice(Math.max(0, shown.first - 1), shown.last)
      .filter((id) => state.rows.get(id)?.preview === null)
      .flatMap((id) => state.refs[id] ?? []);
    for (const [path, refs] of Map.groupBy(missing, (ref) => ref.mailbox)) {
      const [{ uidValidity } = { uidValidity: 0 }] = refs;
      const uids = refs.slice(0, batch).map(({ uid }) => uid);
      const address = `/api/messages/previews?${query({ mailbox: path, uidValidity, uids: uids.join(',') })}`;
      try {
        const { previews } = await fetchJson<{ previews: Record<string, string> }>(address, { signal });
        update((now) => addPreviews(now, path, previews));
      } catch {
        return; // Rows do without.
      }
    }
  }

  const isPlaced = leavesIn(search.q).some(({ type }) => type === 'in');

  /** Whether a mailbox that was made since belongs to those that are searched: the server chooses in the same way. */
  function isInScope({ path, role, selectable }: Mailbox, all: readonly Mailbox[]): boolean {
    if (isPlaced || search.scope === 'mailbox' || !selectable || all.some((one) => one.role === 'all')) return false;
    if (role === 'trash' || role === 'junk' || role === 'flagged' || role === 'important') return false;
    const delimiter = all.find((one) => one.path === mailbox)?.delimiter;
    return search.scope === 'all' || (delimiter != null && path.startsWith(mailbox + delimiter));
  }

  function inSight({ order }: SearchState): Set<number> {
    return new Set(shown ? order.slice(Math.max(0, shown.first - 1), shown.last) : []);
  }

  /** Not before the server has rested: mail that keeps coming into a large mailbox must not keep it busy. */
  function sortAnew(): void {
    clearTimeout(sortTimer);
    const wait = restUntil - performance.now();
    if (wait > 0) sortTimer = setTimeout(catchUp, wait);
    else void run();
  }

  /** One mailbox after the other, each once for every news of it. */
  function lookAtArrivals(state: SearchState): void {
    if (state.phase === 'searching' || state.phase === 'failed' || arrivals) return;
    const late = [...state.mailboxes].find(
      ([path, { heardUidNext, uidNext }]) => heardUidNext > uidNext && asked.arrivals.get(path) !== heardUidNext,
    );
    if (!late) return;
    if (search.sort) return sortAnew(); // Where it stands in the order only the server knows.
    const [path, { uidNext, heardUidNext }] = late;
    asked.arrivals.set(path, heardUidNext);
    const controller = new AbortController();
    arrivals = controller;
    const tell = (lines: SearchLine[]) => {
      update((now) => applyArrivals(now, path, lines));
      pump();
    };
    readLines<SearchLine>('/api/search', { ...search, mailbox: path, fromUid: uidNext }, tell, controller.signal).then(
      () => {
        arrivals = null;
        catchUp();
      },
      () => {
        arrivals = null;
        asked.arrivals.delete(path); // The next news asks again.
      },
    );
  }

  /** What happened in mailboxes of which only the counts were told: the feed follows some message by message, and not all. */
  function lookAtChanges(state: SearchState): void {
    if (changes) return;
    const isMoved = ([path, { token, heardToken }]: [string, SearchedMailbox]) =>
      token !== null && token !== heardToken && asked.changes.get(path) !== heardToken;
    const moved = [...state.mailboxes].filter(isMoved);
    if (moved.length === 0) return;
    const withResults = mailboxesWithResults(state);
    const next = moved.find(([path]) => withResults.has(path));
    if (!next) return;
    const [path, { token, heardToken, heardUidNext }] = next;
    asked.changes.set(path, heardToken);
    const controller = new AbortController();
    changes = controller;
    const address = `/api/messages/changes?${query({ mailbox: path, since: token, uidNext: heardUidNext })}`;
    fetchJson<Frame>(address, { signal: controller.signal }).then(
      (frame) => {
        changes = null;
        applyToCaches(client, [frame]);
        update((now) => caughtUp(now, path, frame.token));
        catchUp();
      },
      () => {
        changes = null;
        asked.changes.delete(path);
      },
    );
  }

  function catchUp(): void {
    const state = read();
    if (!state) return;
    if (state.dated.size > 0) {
      const kept = dropDated(state, inSight(state));
      if (kept !== state) update(() => kept);
      pump();
    }
    lookAtChanges(state);
    lookAtArrivals(state);
  }

  return {
    start() {
      if (running) return;
      const phase = read()?.phase;
      if (phase === undefined || phase === 'searching' || phase === 'stopped') void run();
    },
    restart: run,
    stop() {
      running?.abort();
      running = null;
      arrivals?.abort();
      changes?.abort();
      reading.abort();
      reading = new AbortController();
      clearTimeout(previewTimer);
      clearTimeout(sortTimer);
      if (read()?.phase === 'searching') update((state) => ({ ...state, phase: 'stopped' }));
    },
    show(first, last) {
      shown = { first, last };
      failures = 0;
      pump();
    },
    hear(mailboxes) {
      const state = read();
      if (!state) return;
      const counted = mailboxes.flatMap(({ path, counts }): MailEvent[] =>
        counts ? [{ type: 'mailbox-counts', mailbox: path, counts }] : [],
      );
      const made = state.phase === 'done' ? mailboxes.filter((one) => isInScope(one, mailboxes)) : [];
      const next = withMade(applyToSearch(state, counted), made);
      if (next !== state) update(() => next);
    },
    catchUp,
  };
}
