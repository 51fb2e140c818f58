import { ArrowLeft } from 'lucide-react';
import { closeMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';

export const close: Command = {
  id: 'close',
  icon: ArrowLeft,
  keys: ['u'],
  isShown: ({ openUid }) => openUid !== null,
  run: ({ selection, openUid }) => {
    closeMessage();
    selection.setFocus(openUid, true);
  },
};
