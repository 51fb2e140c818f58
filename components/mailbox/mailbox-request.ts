import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';

/** What a dialog is asked for. */
export type MailboxRequest =
  { kind: 'create'; parent: MailboxPath | null } | { kind: 'rename' | 'move' | 'delete' | 'empty'; mailbox: Mailbox };
