import { Brush, MailCheck } from 'lucide-react';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { ask } from './asked.ts';
import type { Command, CommandContext, Target } from './command.ts';

/** All that the open mailbox holds at this moment: later mail has greater UIDs (RFC 9051 section 2.3.1.1). */
function wholeMailbox({ mailbox, mailboxes }: CommandContext): Target | null {
  const counts = mailboxes.find(({ path }) => path === mailbox)?.counts;
  if (!counts || counts.messages === 0 || counts.uidNext < 2) return null;
  const { uidValidity, uidNext, messages } = counts;
  return { count: messages, mailbox, messages: [], rows: [], ranges: () => [{ mailbox, uidValidity, uids: `1:${uidNext - 1}` }] };
}

const openMailbox = ({ mailbox, mailboxes }: CommandContext): Mailbox | undefined =>
  mailboxes.find(({ path }) => path === mailbox);

export const markAllRead: Command = {
  id: 'mark-all-read',
  group: 'act',
  icon: MailCheck,
  keys: [],
  isShown: ({ search }) => search === null,
  whyNot: (context) => ((openMailbox(context)?.counts?.unseen ?? 0) > 0 ? null : 'no-messages'),
  run(context) {
    const whole = wholeMailbox(context);
    if (whole) context.changeMany({ type: 'set-keyword', keyword: '$seen', value: true }, whole.ranges(), whole.count);
  },
};

/** Trash and Spam, for good; asked once. */
export const emptyMailbox: Command = {
  id: 'empty-mailbox',
  group: 'act',
  icon: Brush,
  keys: [],
  isShown: (context) => context.search === null && ['trash', 'junk'].includes(openMailbox(context)?.role ?? ''),
  whyNot: (context) => (wholeMailbox(context) ? null : 'no-messages'),
  run(context) {
    const target = wholeMailbox(context);
    if (target) ask({ kind: 'destroy', context: { ...context, target } });
  },
};
