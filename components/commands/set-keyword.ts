import type { Keyword } from '#lib/mail/keyword.ts';
import type { CommandContext } from './command.ts';
import { changeTarget } from './change-target.ts';

/** Wants a keyword on or off on all messages a command acts on. */
export function setKeyword(context: CommandContext, keyword: Keyword, value: boolean): void {
  changeTarget(context, (messages) => ({ type: 'set-keyword', messages, keyword, value }));
}

export function anyHas({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => keywords.includes(keyword));
}

export function anyLacks({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => !keywords.includes(keyword));
}
