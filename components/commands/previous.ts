import { ChevronUp } from 'lucide-react';
import type { Command } from './command.ts';
import { walk } from './walk.ts';

export const previous: Command = {
  id: 'previous',
  icon: ChevronUp,
  keys: ['k'],
  isShown: ({ list }) => list.messages > 0,
  run: (context) => walk(context, -1),
};
