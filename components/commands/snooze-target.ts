import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { awakened, isSnoozeKeyword, snoozedFrom, snoozeKeywords } from '#lib/mail/snooze.ts';
import { atOnce } from './at-once.ts';
import { changeTarget } from './change-target.ts';
import type { AnyNumber } from './change-target.ts';
import type { CommandContext, WhyNot } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith, roleHere } from './mailbox-roles.ts';

type Wanted = { keyword: Keyword; value: boolean }[];

/** Snoozes what a command acts on until `at`, ISO 8601. What is snoozed already stays where it is, and comes back then. */
export function snoozeTarget(context: CommandContext, at: string): void {
  const known = mailboxWith('snoozed', context);
  const to = known ? { to: known.path } : { to: 'Snoozed', as: 'snoozed' as const };
  const change = (origin: MailboxPath, messages: MessageRef[]): AnyNumber => {
    const wanted = snoozeKeywords(at, origin);
    const keywords = [...wanted.map((keyword) => ({ keyword, value: true })), ...staleOf(context, wanted)];
    return { type: 'move', messages, ...to, keywords };
  };
  const isAgain = roleHere(context) === 'snoozed';
  byOrigin(context, change, isAgain ? changeTarget : leaveMailbox);
}

export function wakeTarget(context: CommandContext): void {
  const keywords = staleOf(context, []);
  byOrigin(context, (to, messages) => ({ type: 'move', messages, to, keywords }), leaveMailbox);
}

/** Of what is snoozed each says by itself where it came from: of so many that is not known here. */
export function whyNotAgain(context: CommandContext): WhyNot | null {
  const { target, mailboxes } = context;
  if (target.count <= atOnce) return null;
  const isIn = (path: MailboxPath) => mailboxes.find((one) => one.path === path)?.role === 'snoozed';
  return target.mailboxes.some(isIn) ? 'too-many' : null;
}

/** One act, with a change for each mailbox that messages come from. Of more than can be named the server names each one's own. */
function byOrigin(
  context: CommandContext,
  toChange: (origin: MailboxPath, messages: MessageRef[]) => AnyNumber,
  carryOut: typeof changeTarget,
): void {
  const { target, mailbox, mailboxes } = context;
  const waiting = mailboxes.find(({ role }) => role === 'snoozed')?.path;
  const paths = mailboxes.map(({ path }) => path);
  const keywordsOf = new Map(target.rows.map(({ ref, keywords }) => [`${ref.uid} ${ref.mailbox}`, keywords]));
  const originOf = ({ uid, mailbox: lies }: MessageRef) =>
    lies === waiting ? snoozedFrom(keywordsOf.get(`${uid} ${lies}`) ?? [], paths) : lies;
  const isMany = target.count > atOnce;
  const groups = isMany ? new Map<MailboxPath, MessageRef[]>() : Map.groupBy(target.messages, originOf);
  const [first = target.mailbox ?? mailbox, ...others] = groups.keys();
  const change: CommandContext['change'] = (one) =>
    context.change(one, ...others.map((origin) => toChange(origin, groups.get(origin) ?? [])));
  carryOut({ ...context, change }, (messages) => toChange(first, isMany ? messages : (groups.get(first) ?? [])));
}

/** What an earlier time left on them is taken off. */
function staleOf({ target }: CommandContext, wanted: readonly Keyword[]): Wanted {
  const stale = new Set(target.rows.flatMap(({ keywords }) => keywords.filter(isSnoozeKeyword)));
  for (const keyword of wanted) stale.delete(keyword);
  return [awakened, ...stale].slice(0, 90).map((keyword) => ({ keyword, value: false }));
}
