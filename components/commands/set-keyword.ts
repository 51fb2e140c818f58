import type { Keyword } from '#lib/mail/keyword.ts';
import type { CommandContext } from './command.ts';

const atOnce = 1000;

/** Wants a keyword on or off on all messages a command acts on; long selections go in several changes. */
export function setKeyword({ mailbox, list, target, change }: CommandContext, keyword: Keyword, value: boolean): void {
  const { uidValidity } = list;
  for (let start = 0; start < target.uids.length; start += atOnce) {
    const messages = target.uids.slice(start, start + atOnce).map((uid) => ({ mailbox, uidValidity, uid }));
    change({ type: 'set-keyword', messages, keyword, value });
  }
}

export function anyHas({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => keywords.includes(keyword));
}

export function anyLacks({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => !keywords.includes(keyword));
}
