import { Star } from 'lucide-react';
import type { Command } from './command.ts';
import { anyHas, anyLacks, setKeyword } from './set-keyword.ts';

/** One key for both; what it sends is the wanted state, never "toggle". */
export const toggleStar: Command = {
  id: 'toggle-star',
  icon: Star,
  keys: ['s'],
  isShown: ({ target }) => target.uids.length > 0,
  run: (context) => setKeyword(context, '$flagged', !anyHas(context, '$flagged') || anyLacks(context, '$flagged')),
};
