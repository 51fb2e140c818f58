import type { UidSet } from '#lib/mail/event.ts';
import { hasUid, intersectUids, toUidSet } from '#lib/mail/uid-set.ts';
import { withoutExpunged } from './list-state.ts';
import type { ListState } from './list-state.ts';

/** The state as it will be once these messages are gone; those it knows to be gone, or does not know yet, count for nothing. */
export function withoutMessages(state: ListState, uids: Iterable<number>): ListState {
  const known = [...uids].filter((uid) => uid < state.uidNext && !state.log.some(({ gone }) => hasUid(gone, uid)));
  return known.length === 0 ? state : withoutKnown(state, toUidSet(known));
}

/** The same for any number of messages: exact where it is known which there are, else as far as rows are loaded. */
export function withoutUids(state: ListState, uids: UidSet): ListState {
  const loaded = () => toUidSet(state.entries.flatMap(({ uid }) => (hasUid(uids, uid) ? [uid] : [])));
  const known = state.uids ? intersectUids(state.uids, uids) : loaded();
  return known.length === 0 ? state : withoutKnown(state, known);
}

/** The state without rows that are known to have left; counts that came since may know it already, then `isStale` is true. */
export function withoutDeparted(state: ListState, uids: ReadonlySet<number>): ListState {
  const { uids: known } = state;
  const drawn = known
    ? [...uids].filter((uid) => hasUid(known, uid))
    : state.entries.filter(({ uid }) => uids.has(uid)).map(({ uid }) => uid);
  if (drawn.length === 0) return state;
  const without = withoutMessages(state, drawn);
  return state.isStale ? { ...without, messages: state.messages, unseen: state.unseen } : without;
}

function withoutKnown(state: ListState, uids: UidSet): ListState {
  let unseen = 0;
  for (const [uid, row] of state.rows) if (!row.keywords.includes('$seen') && hasUid(uids, uid)) unseen += 1;
  return { ...withoutExpunged(state, uids), unseen: Math.max(0, state.unseen - unseen) };
}
