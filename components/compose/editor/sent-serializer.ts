import { DOMSerializer } from '@tiptap/pm/model';
import type { DOMOutputSpec, Node, Schema } from '@tiptap/pm/model';

/** The line at the side of a quote, where no style sheet of ours is. */
export const quoteStyle = 'margin:0 0 0 0.8ex;padding-left:1ex;border-left:2px solid #c8c5bf';

/**
 * How what is written leaves the editor: sent, kept or copied. Pictures and whole messages have their addresses only here and never as the
 * page draws them: use it with a document of its own, in which nothing is loaded.
 */
export function sentSerializer(schema: Schema): DOMSerializer {
  const nodes = { ...DOMSerializer.nodesFromSchema(schema), picture: toPicture, original: toOriginal };
  return new DOMSerializer(nodes, DOMSerializer.marksFromSchema(schema));
}

function toPicture({ attrs }: Node): DOMOutputSpec {
  const { src, alt, width } = attrs as { src: string | null; alt: string | null; width: number | null };
  return ['img', { src, alt, width, style: 'max-width:100%;height:auto' }];
}

function toOriginal({ attrs }: Node): DOMOutputSpec {
  const { html, isForwarded } = attrs as { html: string; isForwarded: boolean };
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const quote = body.ownerDocument.createElement('blockquote');
  quote.setAttribute('type', 'cite');
  quote.setAttribute('style', isForwarded ? 'margin:0;padding:0;border:0' : quoteStyle);
  quote.append(...body.childNodes);
  return quote;
}
