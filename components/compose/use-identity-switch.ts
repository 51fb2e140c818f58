import type { Editor } from '@tiptap/react';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useIdentities } from '#lib/client/compose/use-identities.ts';
import { sanitizeToHtml } from './editor/sanitize-for-editor.ts';
import { signatureHtml } from './editor/signature.ts';
import { toPlainText } from './editor/to-plain-text.ts';

/** Writes from another identity: the signature goes with it, the words stay. */
export function useIdentitySwitch(session: DraftSession, editor: Editor | null): (id: string) => void {
  const identities = useIdentities()?.identities ?? [];
  return (id) => {
    const next = identities.find((one) => one.id === id);
    if (!next) return;
    const html = signatureHtml(next);
    session.change({ identity: id });
    if (editor) return replaceSignature(editor, html);
    const { text } = session.get().content;
    const { body } = new DOMParser().parseFromString(sanitizeToHtml(html), 'text/html');
    const [words = ''] = text.split(/\n-- \n/);
    const signature = toPlainText(body);
    session.change({ text: signature ? `${words.trimEnd()}\n\n${signature}` : words });
  };
}

function replaceSignature(editor: Editor, html: string): void {
  const places: { from: number; to: number }[] = [];
  editor.state.doc.forEach((node, offset) => {
    if (node.type.name === 'signature') places.push({ from: offset, to: offset + node.nodeSize });
  });
  const place = places[0] ?? afterWords(editor);
  if (!html) {
    if (place.to > place.from) editor.commands.deleteRange(place);
    return;
  }
  // An empty line above comes with a new one only.
  editor.commands.insertContentAt(place, places[0] ? html.replace(/^<p><\/p>/, '') : html, { updateSelection: false });
}

/** Where a signature belongs that was not there: above what is quoted, else at the end. */
function afterWords(editor: Editor): { from: number; to: number } {
  let at: number | null = null;
  editor.state.doc.forEach((node, offset, index) => {
    if (at !== null || !/^(?:blockquote|original)$/.test(node.type.name)) return;
    // The line that says who wrote it stands above the quote.
    const line = index > 0 ? editor.state.doc.child(index - 1) : null;
    at = offset - (line?.nodeSize ?? 0);
  });
  const place = at ?? editor.state.doc.content.size;
  return { from: place, to: place };
}
