import { AlarmClock } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen, refused, toMove } from './reasons.ts';
import { whyNotAgain } from './snooze-target.ts';

/** Where there is nothing to put off, or what is shown lies elsewhere too. */
const never = ['drafts', 'junk', 'trash', 'all', 'flagged', 'important'];

/** Out of sight until a time; what is snoozed already, until another. */
export const snooze: Command = {
  id: 'snooze',
  group: 'act',
  icon: AlarmClock,
  keys: ['b'],
  isShown: (context) => !never.includes(roleHere(context) ?? ''),
  whyNot: (context) => nothingChosen(context) ?? refused(context, toMove) ?? whyNotAgain(context),
  run: (context) => ask({ kind: 'snooze', context }),
};
