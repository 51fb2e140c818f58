import { Bell, BellOff } from 'lucide-react';
import type { MailChange } from '#lib/mail/change.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { isMuted, mutedKeyword, mutedPlaces } from '#lib/mail/muted.ts';
import { atOnce } from './at-once.ts';
import { changeTarget } from './change-target.ts';
import type { AnyNumber } from './change-target.ts';
import type { Command, CommandContext, WhyNot } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith } from './mailbox-roles.ts';
import { nothingChosen } from './reasons.ts';

/** What answers these conversations is not wanted in the inbox; nor are they. */
export const mute: Command = {
  id: 'mute',
  group: 'act',
  icon: BellOff,
  keys: ['m'],
  fastmailKeys: ['Shift+m'],
  isShown: (context) => isPossibleHere(context) && (someMuted(context, false) || !someMuted(context, true)),
  whyNot: (context) => nothingChosen(context) ?? tooManyPlaces(context),
  run(context) {
    const { target } = context;
    if (target.count > atOnce) {
      if (isAllInbox(context)) leaveMailbox(context, (messages) => toArchive(context, messages));
      else changeTarget(context, (messages) => keyword(true, messages));
      return;
    }
    const inbox = target.messages.filter(isInInbox);
    const others = target.messages.filter((ref) => !isInInbox(ref));
    if (inbox.length === 0) return changeTarget(context, (messages) => keyword(true, messages));
    const change: CommandContext['change'] = (one) =>
      context.change(one, ...(others.length > 0 ? [keyword(true, others)] : []));
    leaveMailbox({ ...context, change }, () => toArchive(context, inbox));
  },
};

export const unmute: Command = {
  id: 'unmute',
  group: 'act',
  icon: Bell,
  keys: ['m'],
  fastmailKeys: ['Shift+m'],
  isShown: (context) => isPossibleHere(context) && someMuted(context, true),
  whyNot: nothingChosen,
  run: (context) => changeTarget(context, (messages) => keyword(false, messages)),
};

function isPossibleHere({ target, mailbox, mailboxes }: CommandContext): boolean {
  const places = mutedPlaces(mailboxes);
  return (target.mailboxes.length > 0 ? target.mailboxes : [mailbox]).every((path) => places.includes(path));
}

function someMuted({ target }: CommandContext, value: boolean): boolean {
  return target.rows.some(({ keywords }) => isMuted(keywords) === value);
}

/** Some are to be moved and others not: of so many that is no one act. */
function tooManyPlaces(context: CommandContext): WhyNot | null {
  const { count, mailboxes } = context.target;
  return count > atOnce && mailboxes.includes('INBOX') && !isAllInbox(context) ? 'too-many' : null;
}

function isAllInbox({ target }: CommandContext): boolean {
  return target.mailboxes.every((path) => path === 'INBOX');
}

function isInInbox({ mailbox }: MessageRef): boolean {
  return mailbox === 'INBOX';
}

function toArchive(context: CommandContext, messages: MessageRef[]): Extract<MailChange, { type: 'move' }> {
  const known = mailboxWith('archive', context) ?? mailboxWith('all', context);
  const target = known ? { to: known.path } : { to: 'Archive', as: 'archive' as const };
  const keywords = [{ keyword: mutedKeyword, value: true }];
  return { type: 'move', messages, ...target, keywords, conversations: true };
}

function keyword(value: boolean, messages: MessageRef[]): AnyNumber & MailChange {
  return { type: 'set-keyword', messages, keyword: mutedKeyword, value, conversations: true };
}
