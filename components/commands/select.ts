import { SquareCheck } from 'lucide-react';
import type { Command } from './command.ts';

export const select: Command = {
  id: 'select',
  icon: SquareCheck,
  keys: ['x'],
  isShown: ({ selection }) => selection.focusUid !== null,
  run: ({ selection }) => {
    if (selection.focusUid !== null) selection.toggle(selection.focusUid);
  },
};
