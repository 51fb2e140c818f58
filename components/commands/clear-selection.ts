import { X } from 'lucide-react';
import { closeMessage, closeSearch } from '#lib/client/location.ts';
import type { Command } from './command.ts';
import { possible } from './reasons.ts';

/** Esc takes back one thing at a time: the selection first, then the open message, then the search. */
export const clearSelection: Command = {
  id: 'clear-selection',
  group: 'select',
  icon: X,
  keys: ['Escape'],
  isShown: ({ selection, openRef, search }) => selection.ids.size > 0 || openRef !== null || search !== null,
  whyNot: possible,
  run: ({ selection, openRef, openId }) => {
    if (selection.ids.size > 0) return selection.clear();
    if (!openRef) return closeSearch();
    closeMessage();
    selection.setFocus(openId, true);
  },
};
