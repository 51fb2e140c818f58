import { Star } from 'lucide-react';
import type { Command } from './command.ts';
import { nothingOrRefused, toMark } from './reasons.ts';
import { anyHas, anyLacks, setKeyword } from './set-keyword.ts';

export const star: Command = {
  id: 'star',
  group: 'act',
  icon: Star,
  keys: ['s'],
  fastmailKeys: ['.'],
  isShown: (context) => anyLacks(context, '$flagged') || !anyHas(context, '$flagged'),
  whyNot: nothingOrRefused(toMark),
  run: (context) => setKeyword(context, '$flagged', true),
};
