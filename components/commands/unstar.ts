import { StarOff } from 'lucide-react';
import type { Command } from './command.ts';
import { anyHas, setKeyword } from './set-keyword.ts';

export const unstar: Command = {
  id: 'unstar',
  icon: StarOff,
  keys: [],
  isShown: (context) => anyHas(context, '$flagged'),
  run: (context) => setKeyword(context, '$flagged', false),
};
