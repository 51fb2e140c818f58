import 'server-only';
import type { SenderSum, StorageReport } from '#lib/mail/storage.ts';
import { senderAddress, senderName } from '#server/content/sender-of.ts';
import type { SentBy } from '#server/imap/read-senders.ts';

/** Senders kept apart; beyond twice as many those that take least are put together. */
const maxSenders = 20_000;

/** From fields whose address is remembered: few people write most mail. */
const maxFields = 5_000;

interface Sum {
  messages: number;
  bytes: number;
  /** The From field it was last seen in. */
  field: string;
}

/** Adds up what every sender's messages take, in bounded memory. */
export function makeSenderSums() {
  let sums = new Map<string, Sum>();
  const addressOf = new Map<string, string>();
  const others = { messages: 0, bytes: 0, senders: 0, isRounded: false };

  function fold(): void {
    const sorted = [...sums].sort(([, a], [, b]) => b.bytes - a.bytes);
    for (const [, { messages, bytes }] of sorted.slice(maxSenders)) {
      others.messages += messages;
      others.bytes += bytes;
      others.senders += 1;
      others.isRounded = true;
    }
    sums = new Map(sorted.slice(0, maxSenders));
  }

  return {
    add({ size, from }: SentBy): void {
      let address = addressOf.get(from);
      if (address === undefined) {
        address = senderAddress(from);
        if (addressOf.size > maxFields) addressOf.clear();
        addressOf.set(from, address);
      }
      const known = sums.get(address);
      if (known) {
        known.messages += 1;
        known.bytes += size;
      } else {
        sums.set(address, { messages: 1, bytes: size, field: from.slice(0, 400) });
        if (sums.size > 2 * maxSenders) fold();
      }
    },
    /** So many that take most, and the others together. */
    greatest(count: number): Pick<StorageReport, 'senders' | 'otherSenders'> {
      const sorted = [...sums].sort(([, a], [, b]) => b.bytes - a.bytes);
      const senders = sorted.slice(0, count).map(([address, { messages, bytes, field }]): SenderSum => ({
        address,
        name: senderName(field),
        messages,
        bytes,
      }));
      const otherSenders = { ...others };
      for (const [, { messages, bytes }] of sorted.slice(count)) {
        otherSenders.messages += messages;
        otherSenders.bytes += bytes;
        otherSenders.senders += 1;
      }
      return { senders, otherSenders };
    },
  };
}
