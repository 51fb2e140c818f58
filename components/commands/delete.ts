import { Trash2 } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith, roleHere } from './mailbox-roles.ts';
import { nothingOrRefused, toMove } from './reasons.ts';

/** Into Trash, from where it can be taken back; out of Trash for good, which is asked first. */
export const deleteMessages: Command = {
  id: 'delete',
  group: 'act',
  icon: Trash2,
  keys: ['#', 'Delete'],
  fastmailKeys: ['d', '#', 'Delete'],
  isShown: () => true,
  whyNot: nothingOrRefused(toMove),
  run: (context) => {
    if (roleHere(context) === 'trash') return ask({ kind: 'destroy', context });
    const known = mailboxWith('trash', context);
    const target = known ? { to: known.path } : { to: 'Trash', as: 'trash' as const };
    leaveMailbox(context, (messages) => ({ type: 'move', messages, ...target }));
  },
};
