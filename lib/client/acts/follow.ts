import type { ChangeOutcome, MailChange, Placement } from '../../mail/change.ts';

/** The same change of the same messages, where they are now. A modseq belongs to the mailbox they were in. */
export function followPlacements(change: MailChange, placed: readonly Placement[]): MailChange {
  if (!placed.some(({ from }) => change.messages.some((ref) => isIn(ref, from)))) return change;
  const messages = change.messages.map((ref) => {
    for (const { from, to, uids } of placed) {
      if (!isIn(ref, from)) continue;
      const pair = uids.find(([uid]) => uid === ref.uid);
      if (pair) return { ...to, uid: pair[1] };
    }
    return ref;
  });
  return { ...change, messages };
}

/** What takes back an act that was carried out as these changes, in their order: keywords where the messages are now, then the ways. */
export function wayBack(outcomes: readonly ChangeOutcome[]): MailChange[] {
  const back: MailChange[] = [];
  outcomes.forEach(({ undo }, index) => {
    const later = outcomes.slice(index + 1).flatMap(({ placed }) => placed);
    back.unshift(...undo.map((change) => followPlacements(change, later)));
  });
  return [...back.filter(({ type }) => type === 'set-keyword'), ...back.filter(({ type }) => type !== 'set-keyword')];
}

function isIn(ref: { mailbox: string; uidValidity: number }, place: { mailbox: string; uidValidity: number }): boolean {
  return ref.mailbox === place.mailbox && ref.uidValidity === place.uidValidity;
}
