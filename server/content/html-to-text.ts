import 'server-only';
import { convert } from 'html-to-text';

/** Deeper and longer than anything a person writes; beyond it the text ends. */
const limits = { maxInputLength: 2_000_000, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '…' };

/** HTML as readable plain text, unwrapped: quotes with ">", lists with marks, links with their address where it is not the text. */
export function htmlToText(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    limits,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['<', '>'], noAnchorUrl: true } },
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
