import { ArrowDown, ArrowUp } from 'lucide-react';
import { reading } from '#lib/client/threads/reading.ts';
import type { Command } from './command.ts';
import { possible } from './reasons.ts';

/** To the next message of the open conversation. */
export const nextInConversation: Command = {
  id: 'next-in-conversation',
  group: 'walk',
  icon: ArrowDown,
  keys: ['n'],
  isShown: ({ openRef }) => openRef !== null && reading.get() !== null,
  whyNot: possible,
  run: () => reading.get()?.step(1),
};

export const previousInConversation: Command = {
  id: 'previous-in-conversation',
  group: 'walk',
  icon: ArrowUp,
  keys: ['p'],
  isShown: ({ openRef }) => openRef !== null && reading.get() !== null,
  whyNot: possible,
  run: () => reading.get()?.step(-1),
};
