import { isMailChange } from '#lib/mail/is-mail-change.ts';
import type { AnyChange, ChangeOutcome, Placement, RenamedMailbox } from '#lib/mail/change.ts';
import { renamedPath } from '#lib/mail/mailbox-path.ts';

/** The same change of the same messages, where they are now. A modseq belongs to the mailbox they were in. */
export function followPlacements(change: AnyChange, placed: readonly Placement[]): AnyChange {
  if (!isMailChange(change)) return change;
  if (!placed.some(({ from }) => change.messages.some((ref) => isIn(ref, from)))) return change;
  const messages = change.messages.map((ref) => {
    for (const { from, to, uids } of placed) {
      if (!isIn(ref, from)) continue;
      const pair = uids.find(([uid]) => uid === ref.uid);
      if (pair) return { ...to, uid: pair[1] };
    }
    return ref;
  });
  const followed = { ...change, messages };
  // UIDs below one of the mailbox that they were in say nothing of where they are.
  if ('conversations' in followed && followed.conversations !== true) delete followed.conversations;
  return followed;
}

/** The same change where a mailbox that it names, or one above, has another path now. */
export function followRenamed(change: AnyChange, { from, to }: RenamedMailbox): AnyChange {
  if (to === null) return change;
  const follow = (path: string) => renamedPath(path, from, to);
  if (isMailChange(change)) {
    const messages = change.messages.map((ref) => ({ ...ref, mailbox: follow(ref.mailbox) }));
    const tidy = change.type === 'move' && change.tidy ? { tidy: change.tidy.map(follow) } : {};
    return 'to' in change ? { ...change, messages, to: follow(change.to), ...tidy } : { ...change, messages };
  }
  const parent = 'parent' in change && change.parent !== null ? { parent: follow(change.parent) } : {};
  const path = 'path' in change && change.path !== null ? { path: follow(change.path) } : {};
  return { ...change, ...parent, ...path };
}

/** What takes back an act that was carried out as these changes, in their order: keywords where the messages are now, then the ways. */
export function wayBack(outcomes: readonly ChangeOutcome[]): AnyChange[] {
  const back: AnyChange[] = [];
  outcomes.forEach(({ undo }, index) => {
    const later = outcomes.slice(index + 1).flatMap(({ placed }) => placed);
    back.unshift(...undo.map((change) => followPlacements(change, later)));
  });
  return [...back.filter(({ type }) => type === 'set-keyword'), ...back.filter(({ type }) => type !== 'set-keyword')];
}

function isIn(ref: { mailbox: string; uidValidity: number }, place: { mailbox: string; uidValidity: number }): boolean {
  return ref.mailbox === place.mailbox && ref.uidValidity === place.uidValidity;
}
