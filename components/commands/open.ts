import { MailOpen } from 'lucide-react';
import { openMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';

export const open: Command = {
  id: 'open',
  icon: MailOpen,
  keys: ['o'],
  isShown: ({ selection }) => selection.focusUid !== null,
  run: ({ mailbox, selection }) => {
    if (selection.focusUid !== null) openMessage(mailbox, selection.focusUid);
  },
};
