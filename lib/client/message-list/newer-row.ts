import type { MessageSummary } from '#lib/mail/message.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';

/** Of two readings of one message the newer, with what either told of its text. */
export function newerRow(known: MessageSummary | undefined, read: MessageSummary): MessageSummary {
  if (!known) return read;
  const isNewer = compareModseq(read.modseq, known.modseq) >= 0;
  return withText(isNewer ? read : known, known, read);
}

/**
 * A row with what either reading told of its text, which never changes (RFC 9051 section 2.3.1.1): not each asks for the preview, nor
 * looks into References.
 */
export function withText(row: MessageSummary, known: MessageSummary | undefined, read: MessageSummary): MessageSummary {
  const isLess = (read.answers?.length ?? 0) < (known?.answers?.length ?? 0);
  const answers = isLess ? known?.answers : read.answers;
  return { ...row, ...(answers ? { answers } : {}), preview: read.preview ?? known?.preview ?? null };
}
