import { Keyboard } from 'lucide-react';
import type { Command } from './command.ts';
import { always, possible } from './reasons.ts';

export const showShortcuts: Command = {
  id: 'show-shortcuts',
  group: 'app',
  icon: Keyboard,
  keys: ['?'],
  isShown: always,
  whyNot: possible,
  run: (context) => context.showShortcuts(),
};
