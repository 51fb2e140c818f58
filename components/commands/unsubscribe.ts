import { MailMinus } from 'lucide-react';
import { hasExit } from '#lib/client/known-exits.ts';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';

/** Off the list that a message came from. Not in Spam: whoever writes there had better not hear that somebody reads it. */
export const unsubscribe: Command = {
  id: 'unsubscribe',
  group: 'act',
  icon: MailMinus,
  keys: [],
  isShown: (context) => !['drafts', 'sent', 'junk'].includes(roleHere(context) ?? ''),
  whyNot(context) {
    const { count, messages } = context.target;
    const [message] = count === 1 ? messages : [];
    if (!message) return nothingChosen(context) ?? 'not-one';
    return hasExit(message) === false ? 'no-exit' : null;
  },
  run: (context) => ask({ kind: 'unsubscribe', context }),
};
