import { aMessage } from './a-message.ts';
import type { MessageParts } from './a-message.ts';

export const idOf = (name: string): string => `<${name}@example.test>`;

/** A letter of a conversation. `name` and those it answers, the nearest last, are what stands before the @ of their Message-IDs. */
export function aLetter(name: string, answers: readonly string[] = [], more: MessageParts = {}): Buffer {
  const last = answers.at(-1);
  return aMessage({
    subject: last === undefined ? 'Trip to the lake' : 'Re: Trip to the lake',
    ...more,
    messageId: idOf(name),
    ...(last === undefined ? {} : { inReplyTo: idOf(last), references: answers.map(idOf) }),
  });
}
