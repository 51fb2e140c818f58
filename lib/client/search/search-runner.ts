import type { QueryClient } from '@tanstack/react-query';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';
import { applyToSearch } from './apply-to-search.ts';
import { isSearchedToo } from './is-searched-too.ts';
import { searchPlace } from './mail-search.ts';
import type { MailSearch } from './mail-search.ts';
import { readLines } from '#lib/client/read-lines.ts';
import { searchCache } from './search-cache.ts';
import { makeSearchNews } from './search-news.ts';
import { makeSearchRows } from './search-rows.ts';
import { applyLines, searchedAnew, sortedAnew, withMade } from './search-state.ts';
import { keepSelected } from '#lib/client/message-list/use-selection.ts';

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
  const place = searchPlace(mailbox, search);
  const cache = searchCache(client, mailbox, search);
  const { read, update } = cache;
  const rows = makeSearchRows(cache, place);
  const news = makeSearchNews(client, search, cache, rows, sortAnew);
  let running: AbortController | null = null;
  let sortTimer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;

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
      rows.pump();
    };
    function tellOrder(lines: SearchLine[]): void {
      const isWhole = lines.some(({ type }) => type === 'done');
      held.push(...lines.filter(({ type }) => type === 'found' || type === 'done'));
      const others = lines.filter(({ type }) => type !== 'found' && type !== 'done');
      update((state) => applyLines(state, others));
      if (!isWhole) return;
      update((state) => sortedAnew(state, before, held));
      keepSelected(place, read()?.order ?? []);
      rows.pump();
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

  /** Not before the server has rested: mail that keeps coming into a large mailbox must not keep it busy. */
  function sortAnew(): void {
    clearTimeout(sortTimer);
    const wait = restUntil - performance.now();
    if (wait > 0) sortTimer = setTimeout(news.catchUp, wait);
    else void run();
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
      news.stop();
      rows.stop();
      clearTimeout(sortTimer);
      if (read()?.phase === 'searching') update((state) => ({ ...state, phase: 'stopped' }));
    },
    show: rows.show,
    hear(mailboxes) {
      const state = read();
      if (!state) return;
      const counted = mailboxes.flatMap(({ path, counts }): MailEvent[] =>
        counts ? [{ type: 'mailbox-counts', mailbox: path, counts }] : [],
      );
      const made =
        state.phase === 'done' ? mailboxes.filter((one) => isSearchedToo(one, search, mailbox, mailboxes)) : [];
      const next = withMade(applyToSearch(state, counted), made);
      if (next !== state) update(() => next);
    },
    catchUp: news.catchUp,
  };
}
