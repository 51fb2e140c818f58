import { useMemo } from 'react';
import type { UidSet } from '#lib/mail/event.ts';
import { subtractUids, toUidSet, uniteUids } from '#lib/mail/uid-set.ts';
import { makeStore, useStore } from '#lib/client/external-store.ts';
import { idSet, idSetOf } from './id-set.ts';
import type { IdSet } from './id-set.ts';

interface SelectionState {
  /** A mailbox's path, or what names a search. */
  place: string;
  ids: IdSet;
  /** Where a range starts: the last one selected or deselected by itself. */
  anchor: number | null;
  /** The row that has or would have the keyboard's focus. */
  focusId: number | null;
  /** Counts up each time the focus should move into that row, not only be remembered. */
  focusRequests: number;
}

const nothing: SelectionState = { place: '', ids: idSet([]), anchor: null, focusId: null, focusRequests: 0 };
const selection = makeStore<SelectionState>(nothing);

export interface Selection {
  ids: IdSet;
  anchor: number | null;
  focusId: number | null;
  focusRequests: number;
  /** One row: selected, unless it was. `ids`: all messages that it stands for. */
  toggle(id: number, ids?: readonly number[]): void;
  /** Replaces the selection; the anchor stays where it is unless told. */
  select(ids: Iterable<number>, anchor?: number): void;
  /** The same with ids as ranges, loaded or not. */
  selectRanges(ranges: UidSet, anchor?: number): void;
  clear(): void;
  /** `move`: the browser's focus follows. */
  setFocus(id: number | null, move?: boolean): void;
}

/** Takes what is selected over to other UIDs of the same messages; what has none is no longer selected. */
export function followSelection(mailbox: string, pairs: ReadonlyMap<number, number>): void {
  const now = selection.get();
  if (now.place !== mailbox) return;
  const follow = (uid: number | null) => (uid === null ? null : (pairs.get(uid) ?? null));
  const ids = [...now.ids].flatMap((uid) => pairs.get(uid) ?? []);
  // The row that has the browser's focus is drawn anew.
  const hasFocus = document.activeElement?.closest('#messages') != null;
  const focusRequests = now.focusRequests + (hasFocus ? 1 : 0);
  selection.set({ ...now, ids: idSetOf(ids), anchor: follow(now.anchor), focusId: follow(now.focusId), focusRequests });
}

/** What is selected or focused in a mailbox. */
export function chosenIn(mailbox: string): number[] {
  const { place, ids, focusId } = selection.get();
  return place === mailbox ? [...(focusId === null ? [] : [focusId]), ...ids] : [];
}

/** What is gone from a mailbox is no longer selected in it. */
export function deselectGone(mailbox: string, uids: UidSet): void {
  const now = selection.get();
  if (now.place !== mailbox) return;
  const ranges = subtractUids(now.ids.ranges, uids);
  if (ranges !== now.ids.ranges) selection.set({ ...now, ids: idSet(ranges) });
}

/** Of what is selected in a list only these ids are left. */
export function keepSelected(place: string, ids: Iterable<number>): void {
  const now = selection.get();
  if (now.place !== place || now.ids.size === 0) return;
  deselectGone(place, subtractUids(now.ids.ranges, toUidSet([...ids])));
}

/** The mailbox has another path; everything stays selected. */
export function followRenamedSelection(from: string, to: string): void {
  const now = selection.get();
  if (now.place === from) selection.set({ ...now, place: to });
}

/** What is selected and focused in a list, by the ids of its rows; going elsewhere starts anew. */
export function useSelection(place: string): Selection {
  const state = useStore(selection, nothing);
  const own = state.place === place ? state : nothing;
  return useMemo(() => {
    // Read when acted, not when drawn: two clicks may fall into one frame.
    const now = () => (selection.get().place === place ? selection.get() : { ...nothing, place });
    return {
      ids: own.ids,
      anchor: own.anchor,
      focusId: own.focusId,
      focusRequests: own.focusRequests,
      toggle(id, all = [id]) {
        const { ids } = now();
        const row = toUidSet(all);
        const ranges = all.some((one) => ids.has(one)) ? subtractUids(ids.ranges, row) : uniteUids(ids.ranges, row);
        selection.set({ ...now(), ids: idSet(ranges), anchor: id });
      },
      select: (ids, anchor) => selection.set({ ...now(), ids: idSetOf(ids), anchor: anchor ?? now().anchor }),
      selectRanges: (ranges, anchor) => selection.set({ ...now(), ids: idSet(ranges), anchor: anchor ?? now().anchor }),
      clear: () => selection.set({ ...now(), ids: nothing.ids, anchor: null }),
      setFocus: (focusId, move = false) =>
        selection.set({ ...now(), focusId, focusRequests: now().focusRequests + (move ? 1 : 0) }),
    };
  }, [place, own]);
}
