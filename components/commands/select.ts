import { SquareCheck } from 'lucide-react';
import type { Command } from './command.ts';
import { always } from './reasons.ts';

export const select: Command = {
  id: 'select',
  group: 'select',
  icon: SquareCheck,
  keys: ['x'],
  isShown: always,
  whyNot: ({ selection }) => (selection.focusId === null ? 'nothing-chosen' : null),
  run: ({ list, selection }) => {
    const { focusId } = selection;
    if (focusId !== null) selection.toggle(focusId, list.idsOf(focusId));
  },
};
