/**
 * A written or quoted message as plain text that reads well: lists with marks, quotes with ">", links with their address, cells of a
 * table apart. Lines are not broken; the message's own encoding does that (format=flowed, RFC 3676).
 */
export function toPlainText(root: ParentNode): string {
  return toText(blockLines(root, top));
}

/** The lines of one block, and whether empty ones stand around it. */
export interface PlainBlock {
  lines: string[];
  isApart: boolean;
}

/** The same for the one block in `root`, so that the text can be put together of blocks that were made before. */
export function toPlainBlock(root: ParentNode): PlainBlock {
  const element = root.firstElementChild;
  if (!element) return { lines: [], isApart: false };
  return { lines: elementLines(element, top), isApart: spaced.has(element.localName) };
}

export function joinPlainBlocks(parts: readonly PlainBlock[]): string {
  const lines: string[] = [];
  for (const part of parts) addBlock(lines, part);
  return toText(lines);
}

function addBlock(lines: string[], { lines: own, isApart }: PlainBlock): void {
  if (isApart && lines.length > 0 && lines.at(-1) !== '') lines.push('');
  lines.push(...own);
  if (isApart) lines.push('');
}

function toText(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^--$/gm, '-- ') // The mark of a signature ends with a space (RFC 3676 section 4.3).
    .replace(/^\n+|\n+$/g, '');
}

interface Place {
  indent: string;
  isPre: boolean;
}

const top: Place = { indent: '', isPre: false };

const blocks = new Set(
  'address article aside blockquote caption center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const spaced = new Set('blockquote dl h1 h2 h3 h4 h5 h6 ol pre table ul'.split(' '));

function blockLines(root: ParentNode, place: Place): string[] {
  const lines: string[] = [];
  let inline = '';
  const flush = () => {
    if (inline.trim() || (place.isPre && inline)) lines.push(...tidy(inline, place.isPre).split('\n'));
    inline = '';
  };
  for (const node of root.childNodes) {
    if (node.nodeType === 3) inline += node.textContent ?? '';
    if (node.nodeType !== 1) continue;
    const element = node as Element; // Told by its nodeType.
    if (!blocks.has(element.localName)) {
      const inner = hasBlock(element) ? null : inlineText(element);
      if (inner !== null) {
        inline += inner;
        continue;
      }
    }
    flush();
    addBlock(lines, { lines: elementLines(element, place), isApart: spaced.has(element.localName) });
  }
  flush();
  return lines;
}

function hasBlock(element: Element): boolean {
  return [...element.querySelectorAll('*')].some(({ localName }) => blocks.has(localName));
}

function elementLines(element: Element, place: Place): string[] {
  switch (element.localName) {
    case 'blockquote':
      return trimBlank(blockLines(element, place)).map((line) =>
        line.startsWith('>') ? `>${line}` : line ? `> ${line}` : '>',
      );
    case 'ul':
    case 'ol':
      return listLines(element, place);
    case 'pre':
      return blockLines(element, { ...place, isPre: true });
    case 'hr':
      return ['', '----------', ''];
    case 'tr': {
      const cells = [...element.children].map((cell) => trimBlank(blockLines(cell, place)));
      if (cells.length === 1) return cells[0] ?? [];
      return [
        cells
          .map((lines) => lines.filter(Boolean).join(' '))
          .filter(Boolean)
          .join('\t'),
      ];
    }
    default: {
      const lines = blockLines(element, place);
      // An empty paragraph is an empty line.
      return lines.length === 0 && (element.localName === 'p' || element.localName === 'div') ? [''] : lines;
    }
  }
}

function listLines(list: Element, place: Place): string[] {
  const first = Number(list.getAttribute('start') ?? 1) || 1;
  return [...list.children].flatMap((item, index) => {
    const mark = list.localName === 'ol' ? `${first + index}. ` : '- ';
    const lines = trimBlank(blockLines(item, place)).filter((line, at, all) => line !== '' || all[at - 1] !== '');
    return lines.map((line, at) => (at === 0 ? mark : ' '.repeat(mark.length)) + line);
  });
}

function inlineText(element: Element): string {
  if (element.localName === 'br') return '\n';
  if (element.localName === 'img') {
    const alt = element.getAttribute('alt')?.trim();
    return alt ? `[${alt}]` : '';
  }
  const text = [...element.childNodes]
    .map((node) => (node.nodeType === 1 ? inlineText(node as Element) : (node.textContent ?? '')))
    .join('');
  if (element.localName !== 'a') return text;
  const href = element.getAttribute('href') ?? '';
  const shown = text.trim();
  const plain = href.replace(/^mailto:/i, '');
  if (!/^(?:https?|mailto|tel):/i.test(href) || !shown || isSame(shown, plain)) return text || plain;
  return `${text} <${plain}>`;
}

function isSame(shown: string, target: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '')
      .toLowerCase();
  return bare(shown) === bare(target);
}

/** White space as HTML draws it; a line break is the only one that stays. */
function tidy(text: string, isPre: boolean): string {
  if (isPre) return text.replace(/\n$/, '');
  // A line break element came as \n, one in the source is only space: the source's own were folded by the parser of the editor already.
  return text
    .replace(/[ \t\f\r\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

function trimBlank(lines: string[]): string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start] === '') start += 1;
  while (end > start && lines[end - 1] === '') end -= 1;
  return lines.slice(start, end);
}
