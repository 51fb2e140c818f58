import type { DOMSerializer, Node } from '@tiptap/pm/model';
import { sentSerializer } from './sent-serializer.ts';
import { joinPlainBlocks, toPlainBlock } from './to-plain-text.ts';
import type { PlainBlock } from './to-plain-text.ts';

interface SentBlock {
  html: string;
  plain: PlainBlock;
}

/** The editor's nodes never change, a changed one is another: what stayed as it was is not made again with every save. */
const made = new WeakMap<Node, SentBlock>();

/**
 * What is written as the HTML and the plain text that are sent. Made in a document of its own: pictures on the web that
 * stand in a quote are not asked for. The HTML comes out of the editor's model, which knows only what it was taught.
 */
export function toSentBody(doc: Node): { html: string; text: string } {
  let tools: { serializer: DOMSerializer; page: Document } | null = null;
  const blocks: SentBlock[] = [];
  doc.forEach((node) => {
    let block = made.get(node);
    if (!block) {
      tools ??= { serializer: sentSerializer(doc.type.schema), page: document.implementation.createHTMLDocument() };
      block = toSentBlock(node, tools.serializer, tools.page);
      made.set(node, block);
    }
    blocks.push(block);
  });
  return { html: blocks.map(({ html }) => html).join(''), text: joinPlainBlocks(blocks.map(({ plain }) => plain)) };
}

function toSentBlock(node: Node, serializer: DOMSerializer, page: Document): SentBlock {
  const root = page.createElement('div');
  root.append(serializer.serializeNode(node, { document: page }));
  const plain = toPlainBlock(root);
  // A paragraph without a line has no height at the other end.
  for (const empty of root.querySelectorAll('p:empty')) empty.append(page.createElement('br'));
  return { html: root.innerHTML, plain };
}
