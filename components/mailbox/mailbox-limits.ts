import type { Messages } from '#lib/i18n/messages.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';

type Limit = keyof Pick<Messages['mailboxes'], 'whyInbox' | 'whyRole' | 'whyNoParent'>;

/** Why a mailbox keeps its name and place; null: it may get others. INBOX and special uses are what everything else relies on. */
export function whyFixed({ path, role }: Mailbox): Limit | null {
  if (path === 'INBOX' || role === 'inbox') return 'whyInbox';
  return role === null ? null : 'whyRole';
}

/** Why nothing can be made below it. */
export function whyNoneInside({ canHoldMailboxes }: Mailbox): Limit | null {
  return canHoldMailboxes ? null : 'whyNoParent';
}
