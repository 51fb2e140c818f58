import { PenLine } from 'lucide-react';
import { openComposer } from '#lib/client/compose/composers.ts';
import type { Command } from './command.ts';
import { always, possible } from './reasons.ts';

export const compose: Command = {
  id: 'compose',
  group: 'write',
  icon: PenLine,
  keys: ['c'],
  isShown: always,
  whyNot: possible,
  run: () => openComposer({ type: 'new', fields: {} }),
};
