import { X } from 'lucide-react';
import { closeMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';
import { possible } from './reasons.ts';

/** Esc takes back one thing at a time: the selection first, then the open message. */
export const clearSelection: Command = {
  id: 'clear-selection',
  group: 'select',
  icon: X,
  keys: ['Escape'],
  isShown: ({ selection, openId }) => selection.ids.size > 0 || openId !== null,
  whyNot: possible,
  run: ({ selection, openId }) => {
    if (selection.ids.size > 0) return selection.clear();
    closeMessage();
    selection.setFocus(openId, true);
  },
};
