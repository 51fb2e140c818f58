import { Mail } from 'lucide-react';
import { closeMessage } from '#lib/client/location.ts';
import type { Command } from './command.ts';
import { nothingOrRefused, toMarkSeen } from './reasons.ts';
import { anyHas, setKeyword } from './set-keyword.ts';

export const markUnread: Command = {
  id: 'mark-unread',
  group: 'act',
  icon: Mail,
  keys: ['Shift+u'],
  isShown: (context) => anyHas(context, '$seen'),
  whyNot: nothingOrRefused(toMarkSeen),
  run: (context) => {
    setKeyword(context, '$seen', false);
    const { target, openRef, openId, selection } = context;
    // An open message that is to be read later is closed: open it would be read.
    if (!openRef || !target.messages.some(({ uid, mailbox }) => uid === openRef.uid && mailbox === openRef.mailbox))
      return;
    closeMessage();
    selection.setFocus(openId, true);
  },
};
