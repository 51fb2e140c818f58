import type { MessageRef } from '#lib/mail/message.ts';

/** As many messages as one change may name. */
const atOnce = 1000;

/** Long selections go in several changes of one act. */
export function inChunks(messages: readonly MessageRef[]): MessageRef[][] {
  const chunks: MessageRef[][] = [];
  for (let start = 0; start < messages.length; start += atOnce) chunks.push(messages.slice(start, start + atOnce));
  return chunks;
}
