import { MailOpen } from 'lucide-react';
import { openOrEdit } from '#lib/client/compose/open-or-edit.ts';
import { rowRefOf } from '#lib/client/message-list/message-list.ts';
import type { Command } from './command.ts';
import { always } from './reasons.ts';

export const open: Command = {
  id: 'open',
  group: 'walk',
  icon: MailOpen,
  keys: ['o'],
  isShown: always,
  whyNot: ({ selection }) => (selection.focusId === null ? 'nothing-chosen' : null),
  run: ({ list, selection, mailboxes }) => {
    const message = selection.focusId === null ? null : rowRefOf(list, selection.focusId);
    if (message) openOrEdit(message, mailboxes);
  },
};
