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
