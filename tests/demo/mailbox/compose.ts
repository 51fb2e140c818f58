import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { MessageParts } from '#tests/support/mail-server/a-message.ts';
import { headerDate } from './moment.ts';
import { addressOf, ann } from './people.ts';
import type { Person } from './people.ts';
import type { SeedMessage } from './seed-message.ts';

export interface Letter extends Omit<MessageParts, 'from' | 'to' | 'cc' | 'date'> {
  from: Pick<Person, 'name' | 'address' | 'zone'>;
  /** Ann when not said. */
  to?: Pick<Person, 'name' | 'address'>[];
  cc?: Pick<Person, 'name' | 'address'>[];
  at: Date;
  mailbox?: string;
  flags?: string[];
  seen?: boolean;
}

let counter = 0;

/** A Message-ID that is the same in every seeding. */
export function nextMessageId(address: string): string {
  counter += 1;
  const domain = address.split('@')[1] ?? 'example.test';
  return `<${(counter * 2654435761).toString(36)}.${counter}@${domain}>`;
}

/** A letter to Ann (or from her) as a message for the mailbox; INBOX when none is named. */
export function compose({ from, to = [ann], cc = [], at, mailbox = 'INBOX', flags = [], seen, ...parts }: Letter): SeedMessage {
  const raw = aMessage({
    ...parts,
    from: addressOf(from),
    to: to.map(addressOf).join(', '),
    ...(cc.length > 0 ? { cc: cc.map(addressOf).join(', ') } : {}),
    messageId: parts.messageId ?? nextMessageId(from.address),
    headers: { Date: headerDate(at, from.zone), ...parts.headers },
  });
  return { mailbox, raw, flags, receivedAt: at, ...(seen === undefined ? {} : { seen }) };
}
