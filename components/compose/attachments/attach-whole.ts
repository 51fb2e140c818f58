import type { DraftAttachment } from '#lib/mail/draft.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';

/** A whole message as a file, copied on the server. `detail` is null where only its place is known. */
export function attachWhole(
  message: MessageRef,
  detail: Pick<MessageDetail, 'subject' | 'size'> | null,
): DraftAttachment {
  const name =
    (detail?.subject ?? '')
      .replace(/[\0-\x1f\x7f/\\:*?"<>|]+/g, ' ')
      .trim()
      .slice(0, 100) || 'message';
  return {
    id: crypto.randomUUID(),
    name: `${name}.eml`,
    mediaType: 'message/rfc822',
    size: detail?.size ?? 0,
    contentId: null,
    source: { kind: 'message', message },
  };
}
