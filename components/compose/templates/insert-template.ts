import type { Editor } from '@tiptap/react';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { openTemplate } from '#lib/client/compose/templates.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { fromPlainText } from '../editor/from-plain-text.ts';
import { sanitizeToHtml } from '../editor/sanitize-for-editor.ts';
import { toPlainText } from '../editor/to-plain-text.ts';

/** Where in the composer text goes: the editor, or the field of a plain message. */
export type WritingPlace = { editor: Editor } | { field: HTMLTextAreaElement };

/**
 * Puts a template's text where the cursor stands, takes its files along (the server copies them), and its subject where there is none yet.
 * Throws a MailError.
 */
export async function insertTemplate(session: DraftSession, place: WritingPlace, ref: MessageRef): Promise<void> {
  const { content } = await openTemplate(ref);
  // Filtered before anything of it is put anywhere: the mailbox may be shared, and others write into it.
  const html = sanitizeToHtml(content.html ?? fromPlainText(content.text));
  const known = session.get().content;
  const held = new Set(known.attachments.map(({ contentId }) => contentId));
  // The same picture twice in a text is one part.
  const files = content.attachments
    .filter(({ contentId }) => contentId === null || !held.has(contentId))
    .map((attachment) => ({ ...attachment, id: crypto.randomUUID() }));
  session.change({
    attachments: [...known.attachments, ...files],
    ...(known.subject ? {} : { subject: content.subject }),
  });
  if ('editor' in place) return void place.editor.chain().focus().insertContent(html).run();
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const { field } = place;
  field.focus();
  field.setRangeText(
    content.html === null ? content.text : toPlainText(body),
    field.selectionStart,
    field.selectionEnd,
    'end',
  );
  field.dispatchEvent(new Event('input', { bubbles: true })); // As if it were typed: whoever listens hears of it.
}
