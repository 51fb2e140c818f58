import { SquareCheck } from 'lucide-react';
import type { Command } from './command.ts';
import { always } from './reasons.ts';

export const select: Command = {
  id: 'select',
  group: 'select',
  icon: SquareCheck,
  keys: ['x'],
  isShown: always,
  whyNot: ({ selection }) => (selection.focusUid === null ? 'nothing-chosen' : null),
  run: ({ selection }) => {
    if (selection.focusUid !== null) selection.toggle(selection.focusUid);
  },
};
