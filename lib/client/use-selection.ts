import { useMemo } from 'react';
import { makeStore, useStore } from './external-store.ts';

interface SelectionState {
  /** A mailbox's path, or what names a search. */
  place: string;
  ids: ReadonlySet<number>;
  /** Where a range starts: the last one selected or deselected by itself. */
  anchor: number | null;
  /** The row that has or would have the keyboard's focus. */
  focusId: number | null;
  /** Counts up each time the focus should move into that row, not only be remembered. */
  focusRequests: number;
}

const nothing: SelectionState = { place: '', ids: new Set(), anchor: null, focusId: null, focusRequests: 0 };
const selection = makeStore<SelectionState>(nothing);

export interface Selection {
  ids: ReadonlySet<number>;
  anchor: number | null;
  focusId: number | null;
  focusRequests: number;
  toggle(id: number): void;
  /** Replaces the selection; the anchor stays where it is unless told. */
  select(ids: Iterable<number>, anchor?: number): void;
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
  selection.set({ ...now, ids: new Set(ids), anchor: follow(now.anchor), focusId: follow(now.focusId) });
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
      toggle(id) {
        const ids = new Set(now().ids);
        if (!ids.delete(id)) ids.add(id);
        selection.set({ ...now(), ids, anchor: id });
      },
      select: (ids, anchor) => selection.set({ ...now(), ids: new Set(ids), anchor: anchor ?? now().anchor }),
      clear: () => selection.set({ ...now(), ids: nothing.ids, anchor: null }),
      setFocus: (focusId, move = false) =>
        selection.set({ ...now(), focusId, focusRequests: now().focusRequests + (move ? 1 : 0) }),
    };
  }, [place, own]);
}
