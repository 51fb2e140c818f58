import type { MailboxChange } from '#lib/mail/mailbox-change.ts';
import { childPath, isBelow, renamedPath } from '#lib/mail/mailbox-path.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';

/** The tree as the person's changes under way make it; the same array when none is. What is not confirmed yet is `isPending`. */
export function overlayTree(mailboxes: Mailbox[], pending: readonly MailboxChange[]): Mailbox[] {
  return pending.reduce(overlayOne, mailboxes);
}

function overlayOne(mailboxes: Mailbox[], change: MailboxChange): Mailbox[] {
  switch (change.type) {
    case 'create': {
      const path = childPath(mailboxes, change.parent, change.name);
      const existing = mailboxes.find((mailbox) => mailbox.path === path);
      if (existing?.selectable) return mailboxes;
      return [...mailboxes.filter((mailbox) => mailbox !== existing), aNewMailbox(mailboxes, path, change)];
    }
    case 'rename': {
      const mailbox = mailboxes.find(({ path }) => path === change.path);
      if (!mailbox) return mailboxes;
      return renameTree(mailboxes, mailbox, change.parent, change.name);
    }
    case 'delete': {
      const mailbox = mailboxes.find(({ path }) => path === change.path);
      if (!mailbox) return mailboxes;
      const trash = change.how === 'to-trash' ? mailboxes.find(({ role }) => role === 'trash') : undefined;
      if (trash) return renameTree(mailboxes, mailbox, trash.path, mailbox.name);
      return mailboxes.filter(({ path }) => path !== mailbox.path && !isBelow(mailbox, path));
    }
    case 'subscribe':
      return mailboxes.map((mailbox) =>
        mailbox.path === change.path ? { ...mailbox, subscribed: change.value } : mailbox,
      );
    case 'set-role':
      if (change.path === null) return mailboxes; // Only the server knows what it says.
      return mailboxes.map((mailbox) => {
        if (mailbox.path === change.path) return { ...mailbox, role: change.role };
        return mailbox.role === change.role ? { ...mailbox, role: null } : mailbox;
      });
  }
}

function aNewMailbox(
  mailboxes: readonly Mailbox[],
  path: MailboxPath,
  { parent, name }: { parent: MailboxPath | null; name: string },
): Mailbox {
  const delimiter = mailboxes.find((mailbox) => mailbox.delimiter !== null)?.delimiter ?? null;
  const rest = { role: null, selectable: true, subscribed: true, canHoldMailboxes: true, counts: null } as const;
  return { path, name, parent, delimiter, ...rest, isPending: true };
}

function renameTree(mailboxes: Mailbox[], moved: Mailbox, parent: MailboxPath | null, name: string): Mailbox[] {
  const to = childPath(mailboxes, parent, name);
  if (to === moved.path || mailboxes.some(({ path }) => path === to)) return mailboxes;
  return mailboxes.map((mailbox) => {
    if (mailbox === moved) return { ...mailbox, path: to, parent, name, isPending: true };
    if (!isBelow(moved, mailbox.path)) return mailbox;
    const above = mailbox.parent === null ? null : renamedPath(mailbox.parent, moved, to);
    return { ...mailbox, path: renamedPath(mailbox.path, moved, to), parent: above, isPending: true };
  });
}
