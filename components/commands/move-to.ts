import { FolderInput } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { nothingOrRefused, toMove } from './reasons.ts';

export const moveTo: Command = {
  id: 'move-to',
  group: 'act',
  icon: FolderInput,
  keys: ['v'],
  fastmailKeys: ['m', 'v'],
  isShown: () => true,
  whyNot: nothingOrRefused(toMove),
  run: (context) => ask({ kind: 'move', context }),
};
