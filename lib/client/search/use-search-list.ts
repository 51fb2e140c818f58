import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { MailErrorValue } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { departedKey } from '#lib/client/acts/act-state.ts';
import { keys } from '#lib/client/keys.ts';
import { searchPlace } from './mail-search.ts';
import type { MailSearch } from './mail-search.ts';
import { toListRow, toUidRanges } from '#lib/client/message-list/message-list.ts';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import type { PendingBulk } from '#lib/client/bulk/bulk-store.ts';
import { hasUid, toUidSet } from '#lib/mail/uid-set.ts';
import { overlayMessage } from '#lib/client/acts/pending.ts';
import type { Pending } from '#lib/client/acts/pending.ts';
import { makeSearchRunner } from './search-runner.ts';
import type { SearchRunner } from './search-runner.ts';
import { noResults, refName } from './search-state.ts';
import type { SearchState } from './search-state.ts';
import { readMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import type { MailboxesData } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePending } from '#lib/client/acts/use-pending.ts';

/** A search's results as a list, and how far it is. */
export interface SearchList {
  list: MessageList;
  phase: SearchState['phase'];
  /** Messages looked at, of all there are; null before the first word. */
  looked: SearchState['looked'];
  /** Several mailboxes are searched: each row tells its own. */
  isMixed: boolean;
  /** Mailboxes that could not be searched. */
  failed: readonly { mailbox: string; error: MailErrorValue }[];
  /** The row of a message by its name; null while it is not found. */
  idOf(message: { mailbox: string; uid: number }): number | null;
  /** UIDVALIDITY of a searched mailbox, null until it was opened. */
  uidValidityOf(mailbox: string): number | null;
  stop(): void;
  restart(): void;
}

/** Runs the search of the address while it is looked at; null stands for none. */
export function useSearchList(mailbox: string, search: MailSearch | null): SearchList | null {
  const client = useQueryClient();
  const pending = usePending();
  const place = search ? searchPlace(mailbox, search) : '';
  const [kept, setKept] = useState<{ place: string; runner: SearchRunner | null }>({ place: '', runner: null });
  let { runner } = kept;
  if (kept.place !== place) {
    runner = search ? makeSearchRunner(client, mailbox, search) : null;
    setKept({ place, runner });
  }
  const key = search ? keys.search(mailbox, search) : ['search', 'none'];
  const { data } = useQuery<SearchState>({ queryKey: key, enabled: false, queryFn: () => Promise.resolve(noResults) });

  useEffect(() => {
    if (!runner) return;
    runner.start();
    return () => runner.stop();
  }, [runner]);

  const { data: tree } = useQuery<MailboxesData>({
    queryKey: keys.mailboxes,
    enabled: false,
    queryFn: ({ signal }) => readMailboxes(signal),
  });
  useEffect(() => {
    if (tree) runner?.hear(tree.mailboxes);
  }, [runner, tree]);

  useEffect(() => {
    if (data?.isStale) void runner?.restart();
    else if (data) runner?.catchUp();
  }, [runner, data]);

  return useMemo(
    () => (runner ? toSearchList(data ?? noResults, data !== undefined, pending, runner) : null),
    [data, pending, runner],
  );
}

function toSearchList(state: SearchState, isBegun: boolean, pending: Pending, runner: SearchRunner): SearchList {
  const order = withoutLeaving(state, pending);
  const { refs } = state;
  const rowOf = (id: number | undefined): ListRow | undefined => {
    const row = id === undefined ? undefined : state.rows.get(id);
    const ref = id === undefined ? undefined : refs[id];
    return id !== undefined && row && ref ? toListRow(overlayMessage(row, ref, pending), id, ref) : undefined;
  };
  let indexes: Map<number, number> | null = null;
  const indexOf = (id: number) => {
    indexes ??= new Map(order.map((one, index) => [one, index + 1]));
    return indexes.get(id) ?? null;
  };
  const list: MessageList = {
    // What was found stands on the screen at once; before that nothing is known, not even that there is nothing.
    status:
      state.phase === 'failed' && order.length === 0
        ? 'error'
        : isBegun && (order.length > 0 || state.phase !== 'searching')
          ? 'ready'
          : 'pending',
    error: order.length === 0 ? state.error : null,
    retry: () => void runner.restart(),
    messages: order.length,
    isThreaded: false,
    total: order.length,
    rowAt: (rowIndex) => rowOf(order[rowIndex - 1]),
    indexOf,
    placeOf: ({ id }) => indexOf(id),
    idsOf: (id) => [id],
    restBelow: () => null,
    messageOf: rowOf,
    refOf: (id) => refs[id] ?? null,
    idsBetween: async (first, last) => toUidSet(order.slice(first - 1, last)),
    rangesOf: (ids) => toUidRanges([...ids].flatMap((id) => refs[id] ?? [])),
    loaded: () => order.flatMap((id) => rowOf(id) ?? []),
    loadedOf: (ids) => order.flatMap((id) => (ids.has(id) ? (rowOf(id) ?? []) : [])),
    async resync() {
      await runner.restart();
      return 0;
    },
    show: (first, last) => runner.show(first, last),
  };
  const mailboxes = [...state.mailboxes];
  return {
    list,
    phase: state.phase,
    looked: state.looked,
    isMixed: mailboxes.length > 1,
    failed: mailboxes.flatMap(([mailbox, { error }]) => (error ? [{ mailbox, error }] : [])),
    idOf: (message) => state.ids.get(refName(message)) ?? null,
    uidValidityOf: (mailbox) => state.mailboxes.get(mailbox)?.uidValidity ?? null,
    stop: () => runner.stop(),
    restart: () => void runner.restart(),
  };
}

/** The results less what was or is being moved away or destroyed; the same array when nothing is. */
function withoutLeaving(state: SearchState, pending: Pending): readonly number[] {
  const leaving = new Set<number>();
  for (const change of pending.changes) {
    if (change.type !== 'move' && change.type !== 'destroy') continue;
    for (const message of change.messages) {
      if (change.type === 'move' && change.to === message.mailbox) continue;
      const id = state.ids.get(refName(message));
      if (id !== undefined) leaving.add(id);
    }
  }
  const sweeps = pending.bulks.filter(({ acts }) => acts.some(({ type }) => type === 'move' || type === 'destroy'));
  if (leaving.size === 0 && pending.departed.size === 0 && sweeps.length === 0) return state.order;
  const hasDeparted = (ref: MessageRef) => pending.departed.get(departedKey(ref))?.has(ref.uid) === true;
  return state.order.filter((id) => {
    const ref = state.refs[id];
    return ref && !leaving.has(id) && !hasDeparted(ref) && !sweeps.some((sweep) => isSwept(ref, sweep));
  });
}

/** Whether an act on many takes a message out of its mailbox. */
function isSwept({ mailbox, uidValidity, uid }: MessageRef, { acts, messages }: PendingBulk): boolean {
  return (
    acts.some((act) => act.type === 'destroy' || (act.type === 'move' && act.to !== mailbox)) &&
    messages.some((one) => one.mailbox === mailbox && one.uidValidity === uidValidity && hasUid(one.uids, uid))
  );
}
