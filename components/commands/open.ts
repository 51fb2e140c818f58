import { MailOpen } from 'lucide-react';
import { openMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';
import { always } from './reasons.ts';

export const open: Command = {
  id: 'open',
  group: 'walk',
  icon: MailOpen,
  keys: ['o'],
  isShown: always,
  whyNot: ({ selection }) => (selection.focusUid === null ? 'nothing-chosen' : null),
  run: ({ mailbox, selection }) => {
    if (selection.focusUid !== null) openMessage(mailbox, selection.focusUid);
  },
};
