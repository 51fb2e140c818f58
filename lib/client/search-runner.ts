import type { QueryClient } from '@tanstack/react-query';
import { isMailError, toMailErrorValue } from '../errors.ts';
import type { MessageSummary } from '../mail/message.ts';
import type { SearchLine } from '../mail/search-results.ts';
import { fetchJson, query } from './fetch-json.ts';
import { keys } from './keys.ts';
import type { MailSearch } from './mail-search.ts';
import { readLines } from './read-lines.ts';
import { addPreviews, addRows, applyLines, noResults } from './search-state.ts';
import type { SearchState } from './search-state.ts';

const batch = 50;
const maxInFlight = 2;
const previewDelayMs = 120;

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
  /** Looks through what arrived in searched mailboxes since. */
  lookAtArrivals(): void;
}

export function makeSearchRunner(client: QueryClient, mailbox: string, search: MailSearch): SearchRunner {
  const key = keys.search(mailbox, search);
  let running: AbortController | null = null;
  let arrivals: AbortController | null = null;
  let reading = new AbortController();
  const inFlight = new Set<number>();
  let busy = 0;
  let shown: { first: number; last: number } | null = null;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
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
    update((state) => ({ ...state, phase: 'searching', isStale: false, error: null, looked: null }));
    const tell = (lines: SearchLine[]) => {
      if (controller.signal.aborted) return;
      const keep = isFresh || !lines.some(({ type }) => type === 'found' || type === 'done');
      if (!keep) isFresh = true;
      update((state) => applyLines(keep ? state : { ...noResults, mailboxes: state.mailboxes }, lines));
      pump();
    };
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
    }
  }

  function pump(): void {
    const state = read();
    if (!state || !shown || failures > 4) return;
    while (busy < maxInFlight) {
      const wanted = state.order
        .slice(Math.max(0, shown.first - 1), shown.last)
        .filter((id) => !state.rows.has(id) && !inFlight.has(id));
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
      reading.abort();
      reading = new AbortController();
      clearTimeout(previewTimer);
      if (read()?.phase === 'searching') update((state) => ({ ...state, phase: 'stopped' }));
    },
    show(first, last) {
      shown = { first, last };
      failures = 0;
      pump();
    },
    lookAtArrivals() {
      const state = read();
      if (!state || state.phase === 'searching' || state.phase === 'failed' || arrivals) return;
      const late = [...state.mailboxes].find(([, { heardUidNext, uidNext }]) => heardUidNext > uidNext);
      if (!late) return;
      if (search.sort) return void run(); // Where it stands in the order only the server knows.
      const [path, { uidNext }] = late;
      const controller = new AbortController();
      arrivals = controller;
      const tell = (lines: SearchLine[]) => {
        const news = lines.filter(({ type }) => type === 'opened' || type === 'found');
        update((now) => applyLines(now, news));
        pump();
      };
      readLines<SearchLine>('/api/search', { ...search, mailbox: path, fromUid: uidNext }, tell, controller.signal)
        .catch(() => {}) // The next arrival asks again.
        .finally(() => (arrivals = null));
    },
  };
}
