import type { MessageRef } from '#lib/mail/message.ts';

/** Rows do not tell whether a message names a way out of its list; one that was opened does. */
const known = new Map<string, boolean>();
const most = 500;

export function rememberExit(ref: MessageRef, hasExit: boolean): void {
  known.delete(nameOf(ref));
  known.set(nameOf(ref), hasExit);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
}

/** Null: the message was not opened yet. */
export function hasExit(ref: MessageRef): boolean | null {
  return known.get(nameOf(ref)) ?? null;
}

function nameOf({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity} ${uid} ${mailbox}`;
}
