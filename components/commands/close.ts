import { ArrowLeft } from 'lucide-react';
import { closeMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';
import { possible } from './reasons.ts';

export const close: Command = {
  id: 'close',
  group: 'walk',
  icon: ArrowLeft,
  keys: ['u'],
  isShown: ({ openRef }) => openRef !== null,
  whyNot: possible,
  run: ({ selection, openId }) => {
    closeMessage();
    selection.setFocus(openId, true);
  },
};
