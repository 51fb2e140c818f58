import 'server-only';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { AnyChange, Placement } from '#lib/mail/change.ts';
import { intersectUids, subtractUids, toUidSet, translateUids } from '#lib/mail/uid-set.ts';
import { hasPlacementRows, insertPlacementRows, listPlacementRows } from '#server/store/placement-rows.ts';
import type { Place, PlacementRow } from '#server/store/placement-rows.ts';
import { hasTaskInverses } from '#server/store/task-rows.ts';
import type { TaskStep } from '#server/store/task-rows.ts';

interface Followed extends Place {
  isMoved: boolean;
}

/** Where messages are by now that were named by where they were: acts of the account may have moved them since, there and back. */
function followMoved(place: Place, rows: readonly PlacementRow[]): Followed[] {
  let places: Followed[] = [{ ...place, isMoved: false }];
  for (const { from, to } of rows) {
    places = places.flatMap((one) => {
      if (one.mailbox !== from.mailbox || one.uidValidity !== from.uidValidity) return one;
      const moved = intersectUids(one.uids, from.uids);
      if (moved.length === 0) return one;
      const there = { ...to, uids: translateUids(moved, from.uids, to.uids), isMoved: true };
      const left = { ...one, uids: subtractUids(one.uids, moved) };
      return left.uids.length > 0 ? [left, there] : there;
    });
  }
  return places;
}

/**
 * The same step of the same messages, where they are now. A modseq belongs to the mailbox they were in; what is a copy is destroyed only
 * where it was put.
 */
export function followStep(accountKey: string, step: TaskStep): TaskStep[] {
  const last = step.acts.at(-1);
  if (last?.type === 'destroy') return [step];
  const { mailbox, uidValidity, uids } = step;
  const rows = hasPlacementRows(accountKey, step) ? listPlacementRows(accountKey) : [];
  return followMoved({ mailbox, uidValidity, uids }, rows).flatMap(({ isMoved, ...place }): TaskStep[] => {
    if (!isMoved) return [{ ...step, uids: place.uids }];
    const isThere = last?.type === 'move' && last.to === place.mailbox;
    return isThere ? [] : [{ ...step, ...place, unchangedSince: null }];
  });
}

/** The same change of the same messages, where they are now. */
export function followChange(accountKey: string, change: AnyChange): AnyChange {
  if (!isMailChange(change) || (change.type !== 'set-keyword' && change.type !== 'move')) return change;
  const places = new Map(change.messages.map((ref) => [`${ref.uidValidity}:${ref.mailbox}`, ref]));
  if (![...places.values()].some((place) => hasPlacementRows(accountKey, place))) return change;
  const rows = listPlacementRows(accountKey);
  const messages = change.messages.flatMap((ref) => {
    const { mailbox, uidValidity, uid } = ref;
    const [place] = followMoved({ mailbox, uidValidity, uids: [[uid, uid]] }, rows);
    const now = place?.uids[0]?.[0];
    if (!place?.isMoved || now === undefined) return ref;
    if (change.type === 'move' && change.to === place.mailbox) return [];
    return { mailbox: place.mailbox, uidValidity: place.uidValidity, uid: now };
  });
  return { ...change, messages };
}

/** Remembers where single messages were put, for what a task did to them before. */
export function notePlaced(accountKey: string, placed: readonly Placement[]): void {
  if (placed.length === 0 || !hasTaskInverses(accountKey)) return;
  const rows = placed.flatMap(({ from, to, uids }) =>
    uids.map(([uid, now]) => ({ from: { ...from, uids: toUidSet([uid]) }, to: { ...to, uids: toUidSet([now]) } })),
  );
  insertPlacementRows(accountKey, rows);
}
