import type { MessageRef } from '#lib/mail/message.ts';

/** The open message and the mailing list it came from: rows do not tell of lists, an opened message does. */
let known: { ref: MessageRef; listPost: string } | null = null;

export function rememberListPost(ref: MessageRef, listPost: string | null): void {
  known = listPost === null ? null : { ref, listPost };
}

/** Whether the message is open and came from a list that takes answers. */
export function isFromList(ref: MessageRef | undefined): boolean {
  if (!known || !ref) return false;
  const { mailbox, uidValidity, uid } = known.ref;
  return ref.uid === uid && ref.mailbox === mailbox && ref.uidValidity === uidValidity;
}
