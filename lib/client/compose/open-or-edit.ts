import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { openMessage } from '#lib/client/location.ts';
import { openComposer } from './composers.ts';

/** Opens a message to be read; a draft to be written on. */
export function openOrEdit(message: MessageRef, mailboxes: readonly Mailbox[]): void {
  const isDraft = mailboxes.find(({ path }) => path === message.mailbox)?.role === 'drafts';
  if (isDraft) openComposer({ type: 'draft', message });
  else openMessage(message);
}
