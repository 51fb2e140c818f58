import type { Mailbox } from '../../mail/mailbox.ts';
import type { MessageRef } from '../../mail/message.ts';
import { openMessage } from '../location.ts';
import { openComposer } from './composers.ts';

/** Opens a message to be read; a draft to be written on. */
export function openOrEdit(message: MessageRef, mailboxes: readonly Mailbox[]): void {
  const isDraft = mailboxes.find(({ path }) => path === message.mailbox)?.role === 'drafts';
  if (isDraft) openComposer({ type: 'draft', message });
  else openMessage(message);
}
