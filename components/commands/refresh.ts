import { RefreshCw } from 'lucide-react';
import type { Command } from './command.ts';

export const refresh: Command = {
  id: 'refresh',
  icon: RefreshCw,
  keys: [],
  isShown: () => true,
  run: (context) => context.refresh(),
};
