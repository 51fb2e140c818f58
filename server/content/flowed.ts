import 'server-only';

/**
 * Joins the soft line breaks of format=flowed text (RFC 3676): a line that ends in a space goes on in the next one of the
 * same quote depth, except the signature separator "-- ". Quote marks come out as ">" per level and a space.
 */
export function joinFlowed(text: string, delSp: boolean): string {
  const lines: { depth: number; text: string }[] = [];
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(depth).replace(/^ /, ''); // Space-stuffing, section 4.4.
    const isSignature = content === '-- ';
    const flows = content.endsWith(' ') && !isSignature;
    const piece = flows && delSp ? content.slice(0, -1) : content;
    const last = lines.at(-1);
    if (isOpen && last && last.depth === depth && !isSignature) last.text += piece;
    else lines.push({ depth, text: piece });
    isOpen = flows;
  }
  return lines.map(({ depth, text: joined }) => (depth ? `${'>'.repeat(depth)} ${joined}` : joined)).join('\n');
}

/** RFC 3676 section 4.2 asks for less than 79. */
const lineLength = 72;

/**
 * Text as format=flowed (RFC 3676): paragraphs get soft breaks, quoted lines keep their depth, and lines that would look
 * like a quote or an mbox separator are stuffed. `joinFlowed` makes the same text of it again, but for blanks at lines' ends.
 */
export function encodeFlowed(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => {
      const quote = /^(?:> ?)*/.exec(line)?.[0] ?? '';
      const depth = quote.replace(/ /g, '').length;
      const content = line.slice(quote.length);
      const marks = '>'.repeat(depth);
      if (depth === 0 && content === '-- ') return [content];
      return softLines(content.trimEnd(), lineLength - depth).map((piece) => marks + stuffed(piece, depth));
    })
    .join('\n');
}

/** All lines but the last end in a blank; a word longer than a line stays whole. */
function softLines(content: string, most: number): string[] {
  const lines: string[] = [];
  let rest = content;
  while (rest.length > most) {
    const before = rest.lastIndexOf(' ', most);
    const at = before > 0 && rest.slice(0, before).trim() ? before : rest.indexOf(' ', most);
    if (at < 0 || at === rest.length - 1) break;
    lines.push(rest.slice(0, at + 1));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest];
}

function stuffed(line: string, depth: number): string {
  return depth > 0 ? ` ${line}` : /^(?: |>|From )/.test(line) ? ` ${line}` : line;
}
