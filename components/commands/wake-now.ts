import { AlarmClockOff } from 'lucide-react';
import type { Command } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';
import { wakeTarget, whyNotAgain } from './snooze-target.ts';

/** Brings what is snoozed back where it came from, now. */
export const wakeNow: Command = {
  id: 'wake-now',
  group: 'act',
  icon: AlarmClockOff,
  keys: [],
  isShown: (context) => roleHere(context) === 'snoozed',
  whyNot: (context) => nothingChosen(context) ?? whyNotAgain(context),
  run: wakeTarget,
};
