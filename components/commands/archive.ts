import { Archive } from 'lucide-react';
import type { Command } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith, roleHere } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';

/** Where there is no archive it is made; Gmail's is "All Mail", where everything is. */
export const archive: Command = {
  id: 'archive',
  group: 'act',
  icon: Archive,
  keys: ['e'],
  fastmailKeys: ['y'],
  isShown: (context) => !['archive', 'all', 'drafts'].includes(roleHere(context) ?? ''),
  whyNot: nothingChosen,
  run: (context) => {
    const known = mailboxWith('archive', context) ?? mailboxWith('all', context);
    const target = known ? { to: known.path } : { to: 'Archive', as: 'archive' as const };
    leaveMailbox(context, (messages) => ({ type: 'move', messages, ...target }));
  },
};
