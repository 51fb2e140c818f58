import type { MessageSummary } from '#lib/mail/message.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import type { SearchCache } from './search-cache.ts';
import { addPreviews, addRows } from './search-state.ts';
import type { SearchState } from './search-state.ts';
import { keepSelected } from '#lib/client/message-list/use-selection.ts';

const batch = 50;
const maxInFlight = 2;
const previewDelayMs = 120;

/** Reads the rows of a search that are in sight, and their first words. */
export interface SearchRows {
  /** Row indexes in sight, the first being 1. */
  show(first: number, last: number): void;
  /** Reads those in sight that are not there yet, or may be other by now. */
  pump(): void;
  /** Ids of results in sight. */
  inSight(state: SearchState): Set<number>;
  stop(): void;
}

/** `place` names the search (searchPlace). */
export function makeSearchRows({ read, update }: SearchCache, place: string): SearchRows {
  let reading = new AbortController();
  const inFlight = new Set<number>();
  let busy = 0;
  let shown: { first: number; last: number } | null = null;
  let previewTimer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

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

  return {
    show(first, last) {
      shown = { first, last };
      failures = 0;
      pump();
    },
    pump,
    inSight: ({ order }) => new Set(shown ? order.slice(Math.max(0, shown.first - 1), shown.last) : []),
    stop() {
      reading.abort();
      reading = new AbortController();
      clearTimeout(previewTimer);
    },
  };
}
