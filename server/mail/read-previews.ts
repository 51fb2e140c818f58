import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { chooseParts } from '#server/content/choose-parts.ts';
import { decodeText } from '#server/content/decode-text.ts';
import { previewText } from '#server/content/preview-text.ts';
import { readPreviewSources } from '#server/imap/read-previews.ts';
import type { PreviewSource } from '#server/imap/read-previews.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** Preview lines by UID; every message asked for has one, empty where there is nothing to say. */
export async function readPreviews(
  session: ImapSession,
  mailbox: MailboxPath,
  uidValidity: number,
  uids: number[],
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const sources = await readPreviewSources(
    session,
    mailbox,
    uidValidity,
    uids,
    (root) => chooseParts(root, 'plain').texts[0] ?? null,
    signal,
  );
  return Object.fromEntries(uids.map((uid) => [uid, toPreview(sources.get(uid))]));
}

function toPreview(source: PreviewSource | undefined): string {
  if (!source) return '';
  if (source.kind === 'preview') return previewText(source.text, 'plain');
  const kind = source.node.mediaType === 'text/html' ? 'html' : 'plain';
  return previewText(decodeText(source.bytes, source.node), kind);
}
