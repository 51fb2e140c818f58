import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { AnyChange, ChangeOutcome, SentChange } from '#lib/mail/change.ts';
import { renamedPath } from '#lib/mail/mailbox-path.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { departedKey, replace, toSent } from './act-state.ts';
import type { ActState, LogEntry, QueuedAct } from './act-state.ts';
import { mayStay } from './pending.ts';
import { followPlacements, followRenamed, wayBack } from './follow.ts';

/** A change was carried out: it leaves the queue, and with the last one of an act the way back is known. */
export function settleChange(state: ActState, id: string, outcome: ChangeOutcome, makeId: () => string): ActState {
  const item = state.items.find(({ changes }) => changes?.some((sent) => sent.id === id));
  const sent = item?.changes?.find((one) => one.id === id);
  if (!item || !sent) return state;
  const left: QueuedAct = {
    ...item,
    changes: item.changes?.filter((one) => one !== sent) ?? null,
    outcomes: [...item.outcomes, outcome],
    refusals: 0,
  };
  const kept = follow({ ...state, departed: depart(state.departed, sent.change, outcome) }, outcome);
  const items = kept.items.map((one) => (one.id === item.id ? { ...left, changes: changesOf(one, left) } : one));
  const log = item.entry === null ? kept.log : kept.log.map((entry) => bumpOwn(entry, outcome));
  const next = { ...kept, items, log };
  return left.changes?.length === 0 ? close(next, left, makeId) : next;
}

/** A change was refused for good: the rest of its act is not tried, what was done of it can be taken back. */
export function refuseChange(
  state: ActState,
  id: string,
  makeId: () => string,
): { state: ActState; refused: QueuedAct | null } {
  const item = state.items.find(({ changes }) => changes?.some((sent) => sent.id === id));
  if (!item) return { state, refused: null };
  if (item.outcomes.length > 0) return { state: close(state, item, makeId), refused: item };
  const items = state.items.filter((one) => one !== item);
  const entry = state.log.find((one) => one.id === item.entry);
  if (!entry) return { state: { ...state, items }, refused: item };
  const following = items.find((one) => one.entry === entry.id && one.changes === null);
  // What was never done needs no way back; what was not turned around still can be.
  if (following || item.id === entry.id) {
    const log = state.log.filter((one) => one !== entry);
    return { state: { ...state, items: items.filter((one) => one !== following), log }, refused: item };
  }
  const back = item.changes?.map(({ change }) => change) ?? null;
  const turned = { ...entry, state: entry.state === 'done' ? ('undone' as const) : ('done' as const), back };
  return { state: { ...state, items, log: replace(state.log, turned) }, refused: item };
}

/** A keyword another device has set otherwise since is no longer ours to take back; any other change of it is let pass. */
export function observe(
  state: ActState,
  mailbox: { mailbox: string; uidValidity: number },
  changes: readonly { uid: number; modseq: string; keywords: readonly string[] }[],
): ActState {
  const byUid = new Map(changes.map((change) => [change.uid, change]));
  const log = state.log.map((entry) => {
    const back = entry.back?.map((change) => {
      if (change.type !== 'set-keyword') return change;
      const messages = change.messages.flatMap((ref) => {
        const told = departedKey(ref) === departedKey(mailbox) ? byUid.get(ref.uid) : undefined;
        const isNews = told && ref.unchangedSince && compareModseq(told.modseq, ref.unchangedSince) > 0;
        if (!isNews) return ref;
        const isOurs = told.keywords.includes(change.keyword) !== change.value;
        return isOurs ? { ...ref, unchangedSince: told.modseq } : [];
      });
      return { ...change, messages };
    });
    return back
      ? { ...entry, back: back.filter((change) => !isMailChange(change) || change.messages.length > 0) }
      : entry;
  });
  return { ...state, log };
}

function close(state: ActState, item: QueuedAct, makeId: () => string): ActState {
  const items = state.items.filter(({ id }) => id !== item.id);
  const entry = state.log.find(({ id }) => id === item.entry);
  if (!entry) return { ...state, items };
  const back = wayBack(item.outcomes);
  const following = items.find((one) => one.entry === entry.id && one.changes === null);
  if (!following) return { ...state, items, log: replace(state.log, { ...entry, back }) };
  if (back.length > 0) {
    const turned = { ...following, changes: toSent(back, makeId) };
    return { ...state, items: items.map((one) => (one === following ? turned : one)) };
  }
  return { ...state, items: items.filter((one) => one !== following), log: state.log.filter((one) => one !== entry) };
}

/** Everything that names a moved message or a renamed mailbox by its old place names it by the new one. */
function follow(state: ActState, { placed, renamed }: ChangeOutcome): ActState {
  if (placed.length === 0 && !renamed) return state;
  const followed = (change: AnyChange) => {
    const there = followPlacements(change, placed);
    return renamed ? followRenamed(there, renamed) : there;
  };
  const move = (sent: SentChange) => ({ ...sent, change: followed(sent.change) });
  return {
    ...state,
    departed: renamed?.to ? followDeparted(state.departed, renamed.from, renamed.to) : state.departed,
    items: state.items.map((item) => ({ ...item, changes: item.changes?.map(move) ?? null })),
    log: state.log.map((entry) => ({ ...entry, back: entry.back?.map(followed) ?? null })),
  };
}

function followDeparted(
  departed: ActState['departed'],
  from: Parameters<typeof renamedPath>[1],
  to: string,
): ActState['departed'] {
  const follow = (key: string) => {
    const colon = key.indexOf(':') + 1; // departedKey puts the uidValidity first.
    return key.slice(0, colon) + renamedPath(key.slice(colon), from, to);
  };
  return new Map([...departed].map(([key, uids]) => [follow(key), uids]));
}

function changesOf(followed: QueuedAct, left: QueuedAct): QueuedAct['changes'] {
  const ids = new Set(left.changes?.map(({ id }) => id));
  return followed.changes?.filter(({ id }) => ids.has(id)) ?? null;
}

/** Our own later change of a message is nothing that another device did. */
function bumpOwn(entry: LogEntry, { undo }: ChangeOutcome): LogEntry {
  const own = new Map<string, string>();
  for (const change of undo)
    for (const ref of isMailChange(change) ? change.messages : [])
      if (ref.unchangedSince) own.set(`${ref.uid} ${departedKey(ref)}`, ref.unchangedSince);
  if (own.size === 0 || !entry.back) return entry;
  const back = entry.back.map((change): AnyChange => {
    if (!isMailChange(change)) return change;
    const messages = change.messages.map((ref) => {
      const modseq = ref.unchangedSince && own.get(`${ref.uid} ${departedKey(ref)}`);
      return modseq && compareModseq(modseq, ref.unchangedSince ?? '0') > 0 ? { ...ref, unchangedSince: modseq } : ref;
    });
    return { ...change, messages };
  });
  return { ...entry, back };
}

const maxDeparted = 5_000;

function depart(departed: ActState['departed'], change: AnyChange, { kept }: ChangeOutcome): ActState['departed'] {
  const isLeaving = change.type === 'move' || change.type === 'destroy' || change.type === 'remove-attachments';
  if (!isLeaving || kept > 0) return departed;
  const next = new Map(departed);
  for (const ref of change.messages) {
    if (change.type === 'move' && mayStay(change, ref.mailbox)) continue;
    const key = departedKey(ref);
    const uids = new Set(next.get(key));
    uids.add(ref.uid);
    next.set(key, uids.size > maxDeparted ? new Set([...uids].slice(-maxDeparted)) : uids);
  }
  return next;
}
