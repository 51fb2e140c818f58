import { ChevronDown } from 'lucide-react';
import type { Command } from './command.ts';
import { walk } from './walk.ts';

export const next: Command = {
  id: 'next',
  icon: ChevronDown,
  keys: ['j'],
  isShown: ({ list }) => list.messages > 0,
  run: (context) => walk(context, 1),
};
