import { MailOpen } from 'lucide-react';
import type { Command } from './command.ts';
import { nothingOrRefused, toMarkSeen } from './reasons.ts';
import { anyHas, anyLacks, setKeyword } from './set-keyword.ts';

export const markRead: Command = {
  id: 'mark-read',
  group: 'act',
  icon: MailOpen,
  keys: ['Shift+i'],
  isShown: (context) => anyLacks(context, '$seen') || !anyHas(context, '$seen'),
  whyNot: nothingOrRefused(toMarkSeen),
  run: (context) => setKeyword(context, '$seen', true),
};
