import { Tag } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { nothingOrRefused, toMark } from './reasons.ts';

export const labels: Command = {
  id: 'labels',
  group: 'act',
  icon: Tag,
  keys: ['l'],
  isShown: () => true,
  whyNot: nothingOrRefused(toMark),
  run: (context) => ask({ kind: 'labels', context }),
};
