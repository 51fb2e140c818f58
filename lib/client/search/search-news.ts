import type { QueryClient } from '@tanstack/react-query';
import type { SearchLine } from '#lib/mail/search-results.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { applyToCaches } from '#lib/client/feed/frames.ts';
import type { MailSearch } from './mail-search.ts';
import { readLines } from '#lib/client/read-lines.ts';
import type { SearchCache } from './search-cache.ts';
import type { SearchRows } from './search-rows.ts';
import { applyArrivals, caughtUp, dropDated, mailboxesWithResults } from './search-state.ts';
import type { SearchedMailbox, SearchState } from './search-state.ts';
import type { Frame } from '#lib/client/feed/to-frames.ts';

/** Reads what was not told of the mailboxes of a search since it ran. */
export interface SearchNews {
  /** Rows that may be other by now, and what happened and arrived in searched mailboxes since. */
  catchUp(): void;
  stop(): void;
}

/** `sortAnew`: something arrived where the results stand in an order of their own. */
export function makeSearchNews(
  client: QueryClient,
  search: MailSearch,
  { read, update }: SearchCache,
  rows: SearchRows,
  sortAnew: () => void,
): SearchNews {
  let arrivals: AbortController | null = null;
  let changes: AbortController | null = null;
  /** By mailbox, the state that was asked about last: a server that answers with less is not asked for ever. */
  const asked = { arrivals: new Map<string, number>(), changes: new Map<string, string | null>() };

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
      rows.pump();
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
      const kept = dropDated(state, rows.inSight(state));
      if (kept !== state) update(() => kept);
      rows.pump();
    }
    lookAtChanges(state);
    lookAtArrivals(state);
  }

  return {
    catchUp,
    stop() {
      arrivals?.abort();
      changes?.abort();
    },
  };
}
