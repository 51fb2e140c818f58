import { AlarmClock, Archive, FileText, Inbox, Send, Star } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { openMailbox } from '#lib/client/location.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { Command, CommandContext } from './command.ts';
import { always } from './reasons.ts';

function goTo(id: Command['id'], key: string, role: MailboxRole, icon: LucideIcon): Command {
  const find = ({ mailboxes }: CommandContext) => mailboxes.find((mailbox) => mailbox.role === role);
  return {
    id,
    group: 'go',
    icon,
    keys: [`g ${key}`],
    isShown: always,
    whyNot: (context) => (find(context) ? null : 'no-such-mailbox'),
    run: (context) => {
      const mailbox = find(context);
      if (mailbox) openMailbox(mailbox.path);
    },
  };
}

export const goToCommands: readonly Command[] = [
  goTo('go-inbox', 'i', 'inbox', Inbox),
  goTo('go-starred', 's', 'flagged', Star),
  goTo('go-sent', 't', 'sent', Send),
  goTo('go-drafts', 'd', 'drafts', FileText),
  goTo('go-archive', 'a', 'archive', Archive),
  goTo('go-snoozed', 'b', 'snoozed', AlarmClock),
];
