import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { pairMessages } from './compare-window.ts';
import { connection } from '#lib/client/feed/connection.ts';
import { countDrift } from './drift.ts';
import { takeMissed } from '#lib/client/feed/frames.ts';
import { afterPaint } from '#lib/client/after-paint.ts';
import { keys } from '#lib/client/keys.ts';
import { makeListLoader, pullChanges, readInPlace } from './list-loader.ts';
import type { ListLoader } from './list-loader.ts';
import { followMessages } from '#lib/client/location.ts';
import { toListRow } from './message-list.ts';
import type { MessageList } from './message-list.ts';
import { eachUid, formatUidSet, sliceUids } from '#lib/mail/uid-set.ts';
import { positionOf, rowAtPosition } from './list-state.ts';
import type { ListState } from './list-state.ts';
import { overlayList, overlayMessage } from '#lib/client/acts/pending.ts';
import type { Pending } from '#lib/client/acts/pending.ts';
import { usePending } from '#lib/client/acts/use-pending.ts';
import { chosenIn, followSelection } from './use-selection.ts';

/** How often what is shown is compared with the server. Milliseconds. */
const verifyMs = 60_000;
/** Rows on their way out, of which nobody knows where they stand, that are read along with those in sight. */
const maxHidden = 200;

/** Of mailboxes that were made again, what is now what; as the last time. */
const remade = new Map<string, { uidValidity: number; pairs: ReadonlyMap<number, number> }>();

/** The mailbox was made again: whoever is selected, focused or open is followed to its new UID. */
function moveTo(mailbox: string, pairs: ReadonlyMap<number, number>, uidValidity: number): void {
  remade.set(mailbox, { uidValidity, pairs });
  followSelection(mailbox, pairs);
  followMessages(mailbox, pairs);
}

/** What a mailbox's list is made of: confirmed truth from the query cache, the person's own changes, and what loads the rest. */
export interface ListSource {
  mailbox: string;
  /** Undefined until the first window is there. */
  confirmed: ListState | undefined;
  pending: Pending;
  loader: ListLoader;
  error: Error | null;
  retry(): void;
}

/** Keeps a mailbox's list true and up to date while it is looked at. */
export function useListSource(mailbox: string): ListSource {
  const client = useQueryClient();
  const pending = usePending();
  const [loader, setLoader] = useState(() => ({ mailbox, loader: makeListLoader(client, mailbox) }));
  if (loader.mailbox !== mailbox) setLoader({ mailbox, loader: makeListLoader(client, mailbox) });
  const current = loader.loader;
  const {
    data: confirmed,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.list(mailbox),
    queryFn: async ({ signal }) => {
      const old = client.getQueryData<ListState>(keys.list(mailbox));
      const whatMatters = { sight: current.inSight(), chosen: chosenIn(mailbox) };
      const read = await readInPlace(old, mailbox, whatMatters, signal);
      if (old && old.uidValidity !== read.uidValidity) moveTo(mailbox, pairMessages(old, read), read.uidValidity);
      // Facts that went by meanwhile had nothing to be applied to.
      if (takeMissed(mailbox)) setTimeout(() => void pullChanges(client, mailbox).catch(() => {}));
      return read;
    },
  });

  // What many messages leave is drawn exactly only where it is known which there are.
  const isUnknown = confirmed !== undefined && confirmed.uids === null;
  const mustKnow =
    isUnknown && pending.bulks.some(({ messages }) => messages.some((range) => range.mailbox === mailbox));
  useEffect(() => {
    if (mustKnow) current.knowAll().catch(() => {}); // Rows that are loaded are drawn right also without.
  }, [mustKnow, confirmed?.token, current]);

  useEffect(() => {
    // The feed tells everything; this is for what it could not.
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || !navigator.onLine) return;
      const chosen = client.getQueryData<Preferences>(keys.preferences);
      // Where nothing is pushed the person said how often to look.
      if (connection.get().state === 'polling' && chosen?.checkEvery !== 0) return;
      current.verify().then(countDrift, () => {});
    }, verifyMs);
    return () => clearInterval(timer);
  }, [client, current]);

  useEffect(() => {
    // What was kept from an earlier visit may have missed something: the feed follows a bounded number of mailboxes.
    const kept = client.getQueryState(keys.list(mailbox));
    const isOld = kept?.data !== undefined && Date.now() - kept.dataUpdatedAt > 1_000;
    const cancel = isOld ? afterPaint(() => void current.catchUp().catch(() => {})) : null;
    return () => {
      cancel?.();
      current.stop();
    };
  }, [client, mailbox, current]);

  return useMemo(
    () => ({ mailbox, confirmed, pending, loader: current, error, retry: () => void refetch() }),
    [mailbox, confirmed, pending, current, error, refetch],
  );
}

/** A mailbox's single messages, newest first. */
export function useMessageList(source: ListSource): MessageList {
  return useMemo(() => {
    const { mailbox, confirmed, pending, loader: current, error, retry } = source;
    const state = confirmed && overlayList(confirmed, pending);
    const total = state?.messages ?? 0;
    const uidValidity = state?.uidValidity ?? 0;
    const toRow = (row: MessageSummary) => {
      const ref = { mailbox, uidValidity, uid: row.uid };
      return toListRow(overlayMessage(row, ref, pending), row.uid, ref);
    };
    const failure = error && !state ? error : null;
    return {
      status: state ? 'ready' : failure ? 'error' : 'pending',
      error: failure && isMailError(failure) ? toMailErrorValue(failure) : null,
      retry,
      messages: total,
      isThreaded: false,
      total,
      rowAt(rowIndex) {
        const row = state && rowAtPosition(state, total - rowIndex + 1);
        return row && toRow(row);
      },
      indexOf(id) {
        const position = state ? positionOf(state, id) : null;
        return position === null ? null : total - position + 1;
      },
      placeOf({ ref }) {
        const made = remade.get(mailbox);
        const followed = made?.uidValidity === uidValidity ? made.pairs.get(ref.uid) : undefined;
        const uid = ref.uidValidity === uidValidity ? ref.uid : followed;
        const position = state && uid !== undefined ? positionOf(state, uid) : null;
        return position === null ? null : total - position + 1;
      },
      idsOf: (id) => [id],
      restBelow: () => null,
      messageOf(id) {
        const row = state?.rows.get(id);
        return row && toRow(row);
      },
      refOf: (id) => (state ? { mailbox, uidValidity, uid: id } : null),
      rangesOf: ({ ranges }) =>
        state && ranges.length > 0 ? [{ mailbox, uidValidity, uids: formatUidSet(ranges) }] : [],
      loaded: () => (state ? state.entries.flatMap(({ uid }) => state.rows.get(uid) ?? []).map(toRow) : []).reverse(),
      loadedOf: (ids) =>
        (state ? state.entries.flatMap(({ uid }) => (ids.has(uid) ? (state.rows.get(uid) ?? []) : [])) : [])
          .map(toRow)
          .reverse(),
      resync: () => current.resync(),
      async idsBetween(first, last) {
        if (!confirmed) return [];
        const known = overlayList(confirmed.uids ? confirmed : await current.knowAll(), pending);
        return sliceUids(known.uids ?? [], known.messages - last + 1, known.messages - first + 1);
      },
      show(first, last) {
        if (!confirmed || !state) return;
        const [from, to] = [Math.max(1, total - last + 1), Math.min(total, total - first + 1)];
        if (from > to) return;
        if (state === confirmed) return current.show(from, to);
        if (!state.uids) {
          // What leaves is still there for the server: as many more rows are read.
          const more = Math.min(confirmed.messages - total, maxHidden);
          return current.show(from, Math.min(confirmed.messages, to + more));
        }
        const wanted = [...eachUid(sliceUids(state.uids, from, to))].flatMap((uid) => positionOf(confirmed, uid) ?? []);
        current.show(wanted[0] ?? from, wanted.at(-1) ?? to, wanted.reverse());
      },
    };
  }, [source]);
}
