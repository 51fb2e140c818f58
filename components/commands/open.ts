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
  whyNot: ({ selection }) => (selection.focusId === null ? 'nothing-chosen' : null),
  run: ({ list, selection }) => {
    const message = selection.focusId === null ? null : list.refOf(selection.focusId);
    if (message) openMessage(message);
  },
};
