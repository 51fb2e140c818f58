import type { Keyword } from '#lib/mail/keyword.ts';
import type { CommandContext } from './command.ts';

const atOnce = 1000;

/** Wants a keyword on or off on all messages a command acts on; long selections go in several changes. */
export function setKeyword({ target, change }: CommandContext, keyword: Keyword, value: boolean): void {
  for (let start = 0; start < target.messages.length; start += atOnce) {
    change({ type: 'set-keyword', messages: target.messages.slice(start, start + atOnce), keyword, value });
  }
}

export function anyHas({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => keywords.includes(keyword));
}

export function anyLacks({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => !keywords.includes(keyword));
}
