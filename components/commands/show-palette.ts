import { Command as CommandIcon } from 'lucide-react';
import type { Command } from './command.ts';
import { always, possible } from './reasons.ts';

export const showPalette: Command = {
  id: 'show-palette',
  group: 'app',
  icon: CommandIcon,
  keys: ['Mod+k'],
  isShown: always,
  whyNot: possible,
  run: (context) => context.showPalette(),
};
