import type { MessageRef } from '#lib/mail/message.ts';
import { makeStore, useSelected } from './external-store.ts';

/** Messages whose wish for a receipt was answered on this page: also where the mail server cannot keep that in mind. */
const answered = makeStore<ReadonlySet<string>>(new Set());

export function markAnswered(ref: MessageRef): void {
  answered.set(new Set([...answered.get(), nameOf(ref)]));
}

export function useIsAnswered(ref: MessageRef): boolean {
  return useSelected(answered, (names) => names.has(nameOf(ref)));
}

function nameOf({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity} ${uid} ${mailbox}`;
}
