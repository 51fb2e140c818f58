import { Fish } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';

/** Where the administrator named somebody to report to. */
export const reportPhishing: Command = {
  id: 'report-phishing',
  group: 'act',
  icon: Fish,
  keys: [],
  isShown: (context) => context.phishingAddress !== null && !['drafts', 'sent'].includes(roleHere(context) ?? ''),
  whyNot: (context) => nothingChosen(context) ?? (context.target.count > 1 ? 'not-one-message' : null),
  run: (context) => ask({ kind: 'phishing', context }),
};
