import { StarOff } from 'lucide-react';
import type { Command } from './command.ts';
import { nothingOrRefused, toMark } from './reasons.ts';
import { anyHas, anyLacks, setKeyword } from './set-keyword.ts';

export const unstar: Command = {
  id: 'unstar',
  group: 'act',
  icon: StarOff,
  keys: ['s'],
  fastmailKeys: ['.'],
  isShown: (context) => anyHas(context, '$flagged') && !anyLacks(context, '$flagged'),
  whyNot: nothingOrRefused(toMark),
  run: (context) => setKeyword(context, '$flagged', false),
};
