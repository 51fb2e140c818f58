import { wordsOfHtml } from '#components/message-view/body/words-of-html.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import type { Attachment, MessageDetail } from '#lib/mail/message-detail.ts';
import { fromPlainText } from './from-plain-text.ts';
import { sanitizeForEditor } from './sanitize-for-editor.ts';

/** Characters. */
const mostWords = 5_000;

export interface Quote {
  /** Filtered. */
  html: string;
  /** Pictures in it, copied on the server. */
  pictures: DraftAttachment[];
}

/** The text of a message for a quote, or only what was selected in it. Its pictures get names of their own. */
export function quoteMessage(message: MessageDetail, selection?: string): Quote {
  const holder = document.implementation.createHTMLDocument().createElement('div');
  const pictures = new Map<string, DraftAttachment>();
  const cidAddress = (contentId: string) => {
    const attachment = message.attachments.find((one) => one.contentId === contentId);
    if (!attachment) return null;
    const picture = pictures.get(contentId) ?? toPicture(message, attachment);
    pictures.set(contentId, picture);
    return `cid:${picture.contentId}`;
  };
  const parts =
    selection === undefined
      ? message.body.map(({ kind, content }) => (kind === 'html' ? content : fromPlainText(content)))
      : [selection];
  for (const part of parts) holder.append(readable(part, cidAddress));
  return { html: holder.innerHTML, pictures: [...pictures.values()] };
}

/** Of what is too much for the filter only the words are quoted, from their beginning on. */
function readable(html: string, cidAddress: (contentId: string) => string | null): DocumentFragment {
  try {
    return sanitizeForEditor(html, cidAddress);
  } catch {
    return sanitizeForEditor(fromPlainText(wordsOfHtml(html).slice(0, mostWords)));
  }
}

/** What hangs on the message and is not a picture of its text, taken along without a download. */
export function takeAttachments(message: MessageDetail): DraftAttachment[] {
  return message.attachments
    .filter(({ inline }) => !inline)
    .map((attachment) => ({ ...toPicture(message, attachment), contentId: null }));
}

function toPicture({ ref }: MessageDetail, { name, mediaType, size, part }: Attachment): DraftAttachment {
  const id = crypto.randomUUID();
  return {
    id,
    name: name.replace(/[\0-\x1f\x7f]/g, ' ').slice(0, 255) || 'file',
    mediaType: /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream',
    size,
    contentId: `${id}@pipit`,
    source: { kind: 'part', message: ref, part },
  };
}
