import { isBelow } from '#lib/mail/mailbox-path.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Dragged } from '#lib/client/drag.ts';

/** Whether letting go over a mailbox (null: over the top of the tree) does anything. */
export function canDrop(what: Dragged, target: Mailbox | null): boolean {
  if (what.kind === 'messages')
    return target?.selectable === true && what.messages.some(({ mailbox }) => mailbox !== target.path);
  const { mailbox } = what;
  if (target === null) return mailbox.parent !== null;
  const isInItself = target.path === mailbox.path || isBelow(mailbox, target.path);
  return target.canHoldMailboxes && !isInItself && target.path !== mailbox.parent;
}
