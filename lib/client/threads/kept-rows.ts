import type { UidSet } from '#lib/mail/event.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { toUidSet, uniteUids } from '#lib/mail/uid-set.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';

/** Rows remembered. */
const most = 3_000;

/**
 * What was last known of a list, for the moments in which it is read anew: a list of conversations then stands as it stood, and nothing
 * jumps. What the list knows itself always comes first.
 */
export interface KeptRows {
  /** Which messages there are, or were when that was known last; null where it never was. */
  uidsOf(confirmed: ListState): UidSet | null;
  rowOf(state: ListState, uid: number): MessageSummary | undefined;
}

export function makeKeptRows(): KeptRows {
  let uidValidity = 0;
  let uids: UidSet | null = null;
  const rows = new Map<number, MessageSummary>();
  return {
    uidsOf(confirmed) {
      if (confirmed.uidValidity !== uidValidity) {
        ({ uidValidity } = confirmed);
        uids = null;
        rows.clear();
      }
      if (confirmed.uids) ({ uids } = confirmed);
      else if (uids) uids = uniteUids(uids, toUidSet(confirmed.entries.map(({ uid }) => uid)));
      return uids;
    },
    rowOf(state, uid) {
      const row = state.rows.get(uid) ?? rows.get(uid);
      if (!row) return undefined;
      rows.delete(uid); // Set anew, so that the map's order is from the longest unseen on.
      rows.set(uid, row);
      const [oldest] = rows.keys();
      if (rows.size > most && oldest !== undefined) rows.delete(oldest);
      return row;
    },
  };
}
