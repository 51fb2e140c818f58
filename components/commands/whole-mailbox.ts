import { Brush, MailCheck } from 'lucide-react';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { wholeMailbox } from '#lib/mail/whole-mailbox.ts';
import { ask } from './asked.ts';
import type { Command, CommandContext, Target } from './command.ts';
import { refusedHere, toMarkSeen } from './reasons.ts';

function wholeTarget(context: CommandContext): Target | null {
  const opened = openMailbox(context);
  const whole = opened ? wholeMailbox(opened) : null;
  if (!whole) return null;
  const { mailbox } = context;
  return {
    count: whole.count,
    mailbox,
    mailboxes: [mailbox],
    messages: [],
    rows: [],
    restBelow: null,
    ranges: () => whole.ranges,
  };
}

const openMailbox = ({ mailbox, mailboxes }: CommandContext): Mailbox | undefined =>
  mailboxes.find(({ path }) => path === mailbox);

export const markAllRead: Command = {
  id: 'mark-all-read',
  group: 'act',
  icon: MailCheck,
  keys: [],
  isShown: ({ search }) => search === null,
  whyNot: (context) =>
    (openMailbox(context)?.counts?.unseen ?? 0) > 0 ? refusedHere(context, toMarkSeen) : 'no-messages',
  run(context) {
    const opened = openMailbox(context);
    const whole = opened && wholeMailbox(opened);
    const act = { type: 'set-keyword', keyword: '$seen', value: true } as const;
    if (whole) context.changeMany(act, whole.ranges, opened.counts?.unseen ?? 0, '$seen');
  },
};

/** Trash and Spam, for good; asked once. */
export const emptyMailbox: Command = {
  id: 'empty-mailbox',
  group: 'act',
  icon: Brush,
  keys: [],
  isShown: (context) => context.search === null && ['trash', 'junk'].includes(openMailbox(context)?.role ?? ''),
  whyNot: (context) => (wholeTarget(context) ? null : 'no-messages'),
  run(context) {
    const target = wholeTarget(context);
    if (target) ask({ kind: 'destroy', context: { ...context, target } });
  },
};
