import { makeStore } from '#lib/client/external-store.ts';
import type { Address } from '#lib/mail/address.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MessageRef } from '#lib/mail/message.ts';

/** The conversation that is open: what commands outside of its pane need of it. */
export interface Reading {
  /** The message by which it was opened. */
  opened: MessageRef;
  /** The message that was read or gone to last. */
  current: { ref: MessageRef; keywords: Keyword[]; from: Address[] };
  /** Its messages in other mailboxes. */
  elsewhere: number;
  /** Goes so many messages down, or up. */
  step(by: 1 | -1): void;
}

/** Null while no conversation is open. */
export const reading = makeStore<Reading | null>(null);
