import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';
import type { CommandContext } from './command.ts';

export function mailboxWith(role: MailboxRole, { mailboxes }: CommandContext): Mailbox | undefined {
  return mailboxes.find((mailbox) => mailbox.role === role && mailbox.selectable);
}

/** The role of the mailbox that the messages a command acts on are in, else of the one that is open. */
export function roleHere({ mailbox, mailboxes, target }: CommandContext): MailboxRole | null {
  const path = target.mailbox ?? mailbox;
  return mailboxes.find((one) => one.path === path)?.role ?? (path === 'INBOX' ? 'inbox' : null);
}
