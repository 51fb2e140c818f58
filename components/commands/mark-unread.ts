import { Mail } from 'lucide-react';
import type { Command } from './command.ts';
import { anyHas, setKeyword } from './set-keyword.ts';

export const markUnread: Command = {
  id: 'mark-unread',
  icon: Mail,
  keys: ['Shift+u'],
  isShown: (context) => anyHas(context, '$seen'),
  run: (context) => setKeyword(context, '$seen', false),
};
