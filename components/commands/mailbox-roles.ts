import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';
import type { CommandContext } from './command.ts';

export function mailboxWith(role: MailboxRole, { mailboxes }: CommandContext): Mailbox | undefined {
  return mailboxes.find((mailbox) => mailbox.role === role && mailbox.selectable);
}

/**
 * The role of the mailbox that the messages a command acts on are in, else of the one that is open. Null also where they are in several
 * with different roles: what is for one of them alone is not done to the others.
 */
export function roleHere({ mailbox, mailboxes, target }: CommandContext): MailboxRole | null {
  const paths = target.mailboxes.length > 0 ? target.mailboxes : [mailbox];
  const roles = new Set(
    paths.map((path) => mailboxes.find((one) => one.path === path)?.role ?? (path === 'INBOX' ? 'inbox' : null)),
  );
  const [role = null] = roles;
  return roles.size === 1 ? role : null;
}
