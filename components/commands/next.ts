import { ChevronDown } from 'lucide-react';
import type { Command } from './command.ts';
import { always, noMessages } from './reasons.ts';
import { walk } from './walk.ts';

export const next: Command = {
  id: 'next',
  group: 'walk',
  icon: ChevronDown,
  keys: ['j'],
  isShown: always,
  whyNot: noMessages,
  run: (context) => walk(context, 1),
};
