import { FileMinus } from 'lucide-react';
import { ask } from './asked.ts';
import type { Command } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen, refused, toReplace } from './reasons.ts';

/** The message stays with its text; the original goes to Trash, so out of Trash itself there is nothing to remove. */
export const removeAttachments: Command = {
  id: 'remove-attachments',
  group: 'act',
  icon: FileMinus,
  keys: [],
  isShown: (context) => !['trash', 'drafts'].includes(roleHere(context) ?? ''),
  whyNot: (context) =>
    nothingChosen(context) ?? refused(context, toReplace) ?? (context.target.messages.length === 1 ? null : 'not-one'),
  run: (context) => ask({ kind: 'remove-attachments', context }),
};
