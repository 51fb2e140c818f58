import { Ban, CircleCheck } from 'lucide-react';
import type { Command, CommandContext, WhyNot } from './command.ts';
import { roleHere } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';

/** What its sender writes from now on goes to Spam. */
export const blockSender: Command = {
  id: 'block-sender',
  group: 'act',
  icon: Ban,
  keys: [],
  isShown: (context) => isReceived(context) && !isBlocked(context),
  whyNot: notOneSender,
  run: (context) => context.blocking.block(senderOf(context) ?? ''),
};

export const unblockSender: Command = {
  id: 'unblock-sender',
  group: 'act',
  icon: CircleCheck,
  keys: [],
  isShown: (context) => isReceived(context) && isBlocked(context),
  whyNot: notOneSender,
  run: (context) => context.blocking.unblock(senderOf(context) ?? ''),
};

function isReceived(context: CommandContext): boolean {
  return !['drafts', 'sent'].includes(roleHere(context) ?? '');
}

function isBlocked({ target, blocking }: CommandContext): boolean {
  return blocking.isBlocked(target.rows[0]?.from ?? []);
}

function senderOf({ target }: CommandContext): string | null {
  return target.rows[0]?.from[0]?.address ?? null;
}

function notOneSender(context: CommandContext): WhyNot | null {
  if (context.target.count === 0 || senderOf(context) === null) return nothingChosen(context) ?? 'nothing-chosen';
  return context.target.count > 1 ? 'not-one-message' : null;
}
