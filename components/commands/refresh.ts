import { RefreshCw } from 'lucide-react';
import type { Command } from './command.ts';
import { always, possible } from './reasons.ts';

export const refresh: Command = {
  id: 'refresh',
  group: 'app',
  icon: RefreshCw,
  keys: [],
  isShown: always,
  whyNot: possible,
  run: (context) => context.refresh(),
};
