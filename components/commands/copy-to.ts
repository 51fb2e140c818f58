import { Copy } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { nothingChosen } from './reasons.ts';

export const copyTo: Command = {
  id: 'copy-to',
  group: 'act',
  icon: Copy,
  keys: ['Shift+v'],
  isShown: () => true,
  whyNot: nothingChosen,
  run: (context) => ask({ kind: 'copy', context }),
};
