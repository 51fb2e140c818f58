import { Archive } from 'lucide-react';
import { archiveTarget } from '#lib/client/mailbox/archive-target.ts';
import { isInArchive } from '#lib/mail/archive-by.ts';
import type { Command, CommandContext } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingOrRefused, toMove } from './reasons.ts';

/** Where there is no archive it is made; Gmail's is "All Mail", where everything is. */
export const archive: Command = {
  id: 'archive',
  group: 'act',
  icon: Archive,
  keys: ['e'],
  fastmailKeys: ['y'],
  isShown: (context) => !['archive', 'all', 'drafts'].includes(roleHere(context) ?? '') && !isFiled(context),
  whyNot: nothingOrRefused(toMove),
  run: (context) => {
    const target = archiveTarget(context.mailboxes, context.archiveBy);
    leaveMailbox(context, (messages) => ({ type: 'move', messages, ...target }));
  },
};

/** What lies below the archive is archived, for those who have it filed there. */
function isFiled({ archiveBy, mailbox, mailboxes, target }: CommandContext): boolean {
  const paths = target.mailboxes.length > 0 ? target.mailboxes : [mailbox];
  return archiveBy !== null && paths.every((path) => isInArchive(mailboxes, path));
}
