import 'server-only';
import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';

/** They show messages that are elsewhere too. */
const views: readonly (MailboxRole | null)[] = ['all', 'flagged', 'important'];

/**
 * The mailboxes that hold every message once. Gmail's are labels: all but what is in Spam and Trash is in its "All Mail" (X-GM-EXT-1).
 */
export function storageSources(mailboxes: readonly Mailbox[], areLabels: boolean): Mailbox[] {
  const selectable = mailboxes.filter(({ selectable }) => selectable);
  const all = areLabels ? selectable.find(({ role }) => role === 'all') : undefined;
  if (all) return selectable.filter(({ role }) => role === 'all' || role === 'trash' || role === 'junk');
  return selectable.filter(({ role }) => !views.includes(role));
}
