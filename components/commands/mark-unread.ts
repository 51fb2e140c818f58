import { Mail } from 'lucide-react';
import type { Command } from './command.ts';
import { nothingChosen } from './reasons.ts';
import { anyHas, setKeyword } from './set-keyword.ts';

export const markUnread: Command = {
  id: 'mark-unread',
  group: 'act',
  icon: Mail,
  keys: ['Shift+u'],
  isShown: (context) => anyHas(context, '$seen'),
  whyNot: nothingChosen,
  run: (context) => setKeyword(context, '$seen', false),
};
