import { useMemo } from 'react';
import { makeStore, useStore } from './external-store.ts';

interface SelectionState {
  mailbox: string;
  uids: ReadonlySet<number>;
  /** Where a range starts: the last one selected or deselected by itself. */
  anchor: number | null;
  /** The row that has or would have the keyboard's focus. */
  focusUid: number | null;
  /** Counts up each time the focus should move into that row, not only be remembered. */
  focusRequests: number;
}

const nothing: SelectionState = { mailbox: '', uids: new Set(), anchor: null, focusUid: null, focusRequests: 0 };
const selection = makeStore<SelectionState>(nothing);

export interface Selection {
  uids: ReadonlySet<number>;
  anchor: number | null;
  focusUid: number | null;
  focusRequests: number;
  toggle(uid: number): void;
  /** Replaces the selection; the anchor stays where it is unless told. */
  select(uids: Iterable<number>, anchor?: number): void;
  clear(): void;
  /** `move`: the browser's focus follows. */
  setFocus(uid: number | null, move?: boolean): void;
}

/** Takes what is selected over to other UIDs of the same messages; what has none is no longer selected. */
export function followSelection(mailbox: string, pairs: ReadonlyMap<number, number>): void {
  const now = selection.get();
  if (now.mailbox !== mailbox) return;
  const follow = (uid: number | null) => (uid === null ? null : (pairs.get(uid) ?? null));
  const uids = [...now.uids].flatMap((uid) => pairs.get(uid) ?? []);
  selection.set({ ...now, uids: new Set(uids), anchor: follow(now.anchor), focusUid: follow(now.focusUid) });
}

/** What is selected and focused in a mailbox; going to another mailbox starts anew. */
export function useSelection(mailbox: string): Selection {
  const state = useStore(selection, nothing);
  const own = state.mailbox === mailbox ? state : nothing;
  return useMemo(() => {
    // Read when acted, not when drawn: two clicks may fall into one frame.
    const now = () => (selection.get().mailbox === mailbox ? selection.get() : { ...nothing, mailbox });
    return {
      uids: own.uids,
      anchor: own.anchor,
      focusUid: own.focusUid,
      focusRequests: own.focusRequests,
      toggle(uid) {
        const uids = new Set(now().uids);
        if (!uids.delete(uid)) uids.add(uid);
        selection.set({ ...now(), uids, anchor: uid });
      },
      select: (uids, anchor) => selection.set({ ...now(), uids: new Set(uids), anchor: anchor ?? now().anchor }),
      clear: () => selection.set({ ...now(), uids: nothing.uids, anchor: null }),
      setFocus: (focusUid, move = false) =>
        selection.set({ ...now(), focusUid, focusRequests: now().focusRequests + (move ? 1 : 0) }),
    };
  }, [mailbox, own]);
}
