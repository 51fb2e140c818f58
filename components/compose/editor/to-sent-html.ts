import type { Node } from '@tiptap/pm/model';
import { sentSerializer } from './sent-serializer.ts';
import { toPlainText } from './to-plain-text.ts';

/**
 * What is written as the HTML and the plain text that are sent. Made in a document of its own: pictures on the web that stand in a quote are
 * not asked for. The HTML comes out of the editor's model, which knows only what it was taught.
 */
export function toSentBody(doc: Node): { html: string; text: string } {
  const page = document.implementation.createHTMLDocument();
  const root = page.createElement('div');
  sentSerializer(doc.type.schema).serializeFragment(doc.content, { document: page }, root);
  const text = toPlainText(root);
  // A paragraph without a line has no height at the other end.
  for (const empty of root.querySelectorAll('p:empty')) empty.append(page.createElement('br'));
  return { html: root.innerHTML, text };
}
