import 'server-only';
import type { Attachment } from '#lib/mail/message-detail.ts';
import type { PartNode } from '#lib/mail/part-node.ts';

/** What the browser can show of a part by itself and safely: raster pictures, PDF drawn by pdf.js, text, a nested message. */
export function previewKind({ mediaType }: PartNode): Attachment['preview'] {
  if (/^image\/(png|jpe?g|gif|webp)$/.test(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  if (mediaType === 'message/rfc822') return 'message';
  if (mediaType === 'text/calendar') return 'calendar';
  if (/^text\/(plain|csv|markdown|x-.*|html|xml|css|javascript)$|^application\/json$/.test(mediaType)) return 'text';
  return null;
}
