import { CopyPlus, CornerUpLeft, Forward, MessagesSquare, Paperclip, PencilLine, Redo2, ReplyAll } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { openComposer } from '#lib/client/compose/composers.ts';
import type { RespondHow } from '#lib/client/compose/composers.ts';
import { isFromList } from '#lib/client/compose/open-list-post.ts';
import { reading } from '#lib/client/threads/reading.ts';
import { selectedHtml } from '#lib/client/compose/selected-html.ts';
import type { Command, CommandContext, WhyNot } from './command.ts';
import { nothingChosen } from './reasons.ts';
import { aimedAt } from './run-command.ts';

function answer(id: Extract<Command['id'], 'reply' | 'reply-all'>, key: string, icon: LucideIcon): Command {
  return {
    id,
    group: 'write',
    icon,
    keys: [key],
    isShown: isNoDraft,
    whyNot: notOne,
    run: (context) => respond(answered(context), id),
  };
}

export const reply = answer('reply', 'r', CornerUpLeft);
export const replyAll = answer('reply-all', 'a', ReplyAll);

/** To the mailing list that the open message came from (List-Post, RFC 2369). */
export const replyList: Command = {
  id: 'reply-list',
  group: 'write',
  icon: MessagesSquare,
  keys: ['Shift+l'],
  isShown: ({ target }) => target.count === 1 && isFromList(target.messages[0]),
  whyNot: notOne,
  run: (context) => respond(context, 'reply-list'),
};

/** One message in the text; several as files. */
export const forward: Command = {
  id: 'forward',
  group: 'write',
  icon: Forward,
  keys: ['f'],
  isShown: isNoDraft,
  whyNot: nothingChosen,
  run(context) {
    const one = answered(context);
    respond(one, one.target.messages.length > 1 ? 'forward-attached' : 'forward');
  },
};

/** Whole, with everything that its text does not show. */
export const forwardAttached: Command = {
  id: 'forward-attached',
  group: 'write',
  icon: Paperclip,
  keys: [],
  isShown: isNoDraft,
  whyNot: nothingChosen,
  run: (context) => respond(context, 'forward-attached'),
};

/** The same letter once more, to be changed or sent again. */
export const editAsNew: Command = {
  id: 'edit-as-new',
  group: 'write',
  icon: CopyPlus,
  keys: [],
  isShown: isNoDraft,
  whyNot: notOne,
  run: (context) => respond(context, 'edit-as-new'),
};

/** To others as it is, from its writer (RFC 5322 section 3.6.6). */
export const resend: Command = {
  id: 'resend',
  group: 'write',
  icon: Redo2,
  keys: [],
  isShown: isNoDraft,
  whyNot: notOne,
  run: (context) => respond(context, 'resend'),
};

/** A draft is opened to be written on. */
export const editDraft: Command = {
  id: 'edit-draft',
  group: 'write',
  icon: PencilLine,
  keys: [],
  isShown: (context) => !isNoDraft(context),
  whyNot: notOne,
  run: ({ target }) => {
    const [message] = target.messages;
    if (message) openComposer({ type: 'draft', message });
  },
};

function respond({ target, openRef }: CommandContext, how: RespondHow): void {
  const [message, ...more] = target.messages;
  if (!message) return;
  // What is selected in the text is meant when that text is answered.
  const selection =
    message.uid === openRef?.uid &&
    message.mailbox === openRef.mailbox &&
    (how === 'reply' || how === 'reply-all' || how === 'reply-list' || how === 'forward')
      ? selectedHtml()
      : null;
  openComposer({
    type: 'respond',
    how,
    message,
    ...(more.length > 0 ? { more } : {}),
    ...(selection ? { selection } : {}),
  });
}

/** Of a whole conversation one message is answered: the one that is read, else the newest. */
function answered(context: CommandContext): CommandContext {
  const { list, target } = context;
  const [first] = target.messages;
  if (!list.isThreaded || !first || target.count < 2) return context;
  const ids = list.idsOf(first.uid);
  const isOne = ids.length === target.count && target.messages.every(({ uid }) => ids.includes(uid));
  if (!isOne) return context;
  const now = reading.get();
  const isOpen = now !== null && ids.includes(now.opened.uid) && now.opened.mailbox === first.mailbox;
  const newest = list.messageOf(ids.at(-1) ?? first.uid);
  const message = isOpen ? now.current : newest;
  return message ? aimedAt(context, [message]) : context;
}

function notOne(context: CommandContext): WhyNot | null {
  return nothingChosen(context) ?? (answered(context).target.messages.length > 1 ? 'not-one-message' : null);
}

function isNoDraft({ mailbox, mailboxes }: CommandContext): boolean {
  return mailboxes.find(({ path }) => path === mailbox)?.role !== 'drafts';
}
