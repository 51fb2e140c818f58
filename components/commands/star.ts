import { Star } from 'lucide-react';
import type { Command } from './command.ts';
import { anyLacks, setKeyword } from './set-keyword.ts';

export const star: Command = {
  id: 'star',
  icon: Star,
  keys: [],
  isShown: (context) => anyLacks(context, '$flagged'),
  run: (context) => setKeyword(context, '$flagged', true),
};
