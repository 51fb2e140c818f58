import { Extension, Node } from '@tiptap/core';
import type { Extensions } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions';
import { TableKit } from '@tiptap/extension-table';
import { BackgroundColor, Color, TextStyle } from '@tiptap/extension-text-style';
import { ReactNodeViewRenderer } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { isDesigned } from './is-designed.ts';
import { OriginalView } from './original-view.tsx';
import { PictureView } from './picture-view.tsx';
import { sanitizeToHtml, toLink } from './sanitize-for-editor.ts';
import { quoteStyle } from './sent-serializer.ts';
import { isSignature } from './signature.ts';

/** A quoted message that is more than text: kept whole as one block, drawn in the reader's frame, sent as it was. */
const Original = Node.create({
  name: 'original',
  group: 'block',
  atom: true,
  selectable: true,
  priority: 200,
  addAttributes: () => ({
    html: { default: '', rendered: false },
    /** A forwarded message is no quote: it has no line at its side. */
    isForwarded: { default: false, rendered: false },
  }),
  parseHTML: () => [
    {
      tag: 'blockquote[type=cite]',
      priority: 80,
      getAttrs(element) {
        if (!isDesigned(element)) return false;
        // Filtered before it came here; once more costs little and asks for no trust.
        return { html: sanitizeToHtml(element.innerHTML), isForwarded: element.style.borderWidth.startsWith('0') };
      },
    },
  ],
  renderHTML: () => ['div'], // On the page only; what is sent stands in sent-serializer.ts.
  addNodeView: () => ReactNodeViewRenderer(OriginalView),
});

/**
 * A picture in the text. Its address is a name: `cid:` of an attachment, a picture in itself, or one on the web that is
 * not loaded here.
 */
const Picture = Node.create({
  name: 'picture',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: null },
    alt: { default: null },
    width: {
      default: null,
      parseHTML: (element: HTMLElement) => toPixels(element.getAttribute('width') ?? element.style.width),
    },
  }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) =>
        /^(?:cid:|https?:\/\/|data:image\/(?:png|gif|jpeg|webp);base64,)/i.test(element.getAttribute('src') ?? '')
          ? null
          : false,
    },
  ],
  renderHTML: () => ['span'], // As above: an address here would be asked for whenever React's view is not there yet, or no longer.
  addNodeView: () => ReactNodeViewRenderer(PictureView),
});

/** The signature of the identity written from: changed as a whole with it. */
const Signature = Node.create({
  name: 'signature',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'div', priority: 70, getAttrs: (element) => (isSignature(element) ? null : false) }],
  renderHTML: () => ['div', { style: 'color:#666' }, 0],
});

/** How blocks look at the other end, where no style sheet of ours is. */
const sentStyles = Extension.create({
  name: 'sentStyles',
  addGlobalAttributes: () => [
    styled(['paragraph'], 'margin:0'),
    styled(['blockquote'], quoteStyle, { type: 'cite' }),
    styled(['codeBlock'], 'margin:0.5em 0;padding:8px 12px;background:#f4f3f0;border-radius:4px;white-space:pre-wrap'),
    styled(['table'], 'border-collapse:collapse'),
    styled(
      ['tableCell', 'tableHeader'],
      'border:1px solid #c8c5bf;padding:4px 8px;vertical-align:top;text-align:start',
    ),
  ],
});

function styled(types: string[], style: string, more: Record<string, string> = {}) {
  const attributes = Object.entries({ style, ...more }).map(([name, value]) => [
    `sent-${name}`,
    { default: null, parseHTML: () => null, renderHTML: () => ({ [name]: value }) },
  ]);
  return { types, attributes: Object.fromEntries(attributes) as Record<string, object> };
}

function toPixels(text: string): number | null {
  const value = /^(\d{1,4})(?:px)?$/.exec(text.trim())?.[1];
  return value ? Number(value) : null;
}

/** What can be written. */
export function writingExtensions(placeholder: string): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: 'https',
        protocols: ['mailto', 'tel'],
        isAllowedUri: (uri) => toLink(uri).kind !== 'none',
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    TextStyle,
    Color,
    BackgroundColor,
    TableKit.configure({ table: { resizable: false } }),
    Placeholder.configure({ placeholder, showOnlyWhenEditable: true }),
    Original,
    Picture,
    Signature,
    sentStyles,
  ];
}
