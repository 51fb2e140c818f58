import { Star } from 'lucide-react';
import type { Command } from './command.ts';
import { always, nothingChosen } from './reasons.ts';
import { anyHas, anyLacks, setKeyword } from './set-keyword.ts';

/** One key for both; what it sends is the wanted state, never "toggle". */
export const toggleStar: Command = {
  id: 'toggle-star',
  group: 'act',
  icon: Star,
  keys: ['s'],
  isShown: always,
  whyNot: nothingChosen,
  run: (context) => setKeyword(context, '$flagged', !anyHas(context, '$flagged') || anyLacks(context, '$flagged')),
};
