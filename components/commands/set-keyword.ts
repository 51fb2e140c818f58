import type { Keyword } from '#lib/mail/keyword.ts';
import type { CommandContext } from './command.ts';
import { inChunks } from './in-chunks.ts';

/** Wants a keyword on or off on all messages a command acts on; long selections go in several changes. */
export function setKeyword({ target, change }: CommandContext, keyword: Keyword, value: boolean): void {
  change(...inChunks(target.messages).map((messages) => ({ type: 'set-keyword' as const, messages, keyword, value })));
}

export function anyHas({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => keywords.includes(keyword));
}

export function anyLacks({ target }: CommandContext, keyword: Keyword): boolean {
  return target.rows.some(({ keywords }) => !keywords.includes(keyword));
}
