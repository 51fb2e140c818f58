import type { DraftContent } from './draft.ts';

/** A message of which nothing is written yet. */
export function emptyContent(identity: string): DraftContent {
  return {
    identity,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: '',
    html: '',
    text: '',
    inReplyTo: null,
    references: [],
    related: [],
    attachments: [],
    priority: 'normal',
    wantsReceipt: false,
    wantsDeliveryNotice: false,
  };
}
