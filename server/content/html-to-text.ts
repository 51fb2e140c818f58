import 'server-only';
import { convert } from 'html-to-text';

/** Deeper and longer than anything a person writes; beyond it the text ends. */
const limits = { maxInputLength: 2_000_000, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '…' };

/** The parser's time grows with the square of the depth: what is nested deeper than this loses its structure. */
const deepest = 1_000;

/** HTML as readable plain text, unwrapped: quotes with ">", lists with marks, links with their address where it is not the text. */
export function htmlToText(html: string): string {
  const text = convert(depthOf(html) > deepest ? html.replace(/<[^<>]*>/g, ' ') : html, {
    wordwrap: false,
    limits,
    selectors: [
      {
        selector: 'a',
        options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['<', '>'], noAnchorUrl: true },
      },
      { selector: 'img', format: 'altText' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'table', options: { uppercaseHeaderCells: false } },
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td', format: 'cell' },
      { selector: 'th', format: 'cell' },
      { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true } },
    ],
    formatters: {
      altText: (element, _walk, builder) => {
        const { alt } = element.attribs as Record<string, string | undefined>;
        if (alt?.trim()) builder.addInline(`[${alt.trim()}]`);
      },
      cell: (element, walk, builder) => {
        walk(element.children, builder);
        builder.addLiteral('  ');
      },
    },
  });
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** Elements that have no end, or whose end the parser sees for itself. */
const flat = 'area|br|col|hr|img|input|link|meta|wbr|p|li|d[dt]|t[dhr]|h[1-6]|option';
const nesting = new RegExp(`<(/?)(?!(?:${flat})\\b)[a-z]`, 'gi');

/** Tags opened and not closed, at most. */
function depthOf(html: string): number {
  let depth = 0;
  let most = 0;
  for (const [, slash] of html.matchAll(nesting)) {
    depth = Math.max(0, depth + (slash ? -1 : 1));
    most = Math.max(most, depth);
  }
  return most;
}
