import { Eraser } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { noMessages, refusedHere } from './reasons.ts';

/** What this or another program only marked as deleted: servers without UIDPLUS know no other way than removing all of it at once. */
export const removeMarked: Command = {
  id: 'remove-marked',
  group: 'app',
  icon: Eraser,
  keys: [],
  isShown: ({ search }) => search === null,
  whyNot: (context) => noMessages(context) ?? refusedHere(context, 'e'),
  run: (context) => ask({ kind: 'remove-marked', context }),
};
