import { Keyboard } from 'lucide-react';
import type { Command } from './command.ts';

export const showShortcuts: Command = {
  id: 'show-shortcuts',
  icon: Keyboard,
  keys: ['?'],
  isShown: () => true,
  run: (context) => context.showShortcuts(),
};
