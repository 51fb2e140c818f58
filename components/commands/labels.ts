import { Tag } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { nothingChosen } from './reasons.ts';

export const labels: Command = {
  id: 'labels',
  group: 'act',
  icon: Tag,
  keys: ['l'],
  isShown: () => true,
  whyNot: nothingChosen,
  run: (context) => ask({ kind: 'labels', context }),
};
