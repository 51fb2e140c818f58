import { MailOpen } from 'lucide-react';
import type { Command } from './command.ts';
import { anyLacks, setKeyword } from './set-keyword.ts';

export const markRead: Command = {
  id: 'mark-read',
  icon: MailOpen,
  keys: ['Shift+i'],
  isShown: (context) => anyLacks(context, '$seen'),
  run: (context) => setKeyword(context, '$seen', true),
};
