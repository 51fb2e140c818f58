import { ChevronUp } from 'lucide-react';
import type { Command } from './command.ts';
import { always, noMessages } from './reasons.ts';
import { walk } from './walk.ts';

export const previous: Command = {
  id: 'previous',
  group: 'walk',
  icon: ChevronUp,
  keys: ['k'],
  isShown: always,
  whyNot: noMessages,
  run: (context) => walk(context, -1),
};
