/** A stretch of plain text: what was written, or what it quotes. */
export interface TextBlock {
  kind: 'text' | 'quote' | 'signature';
  text: string;
}

/**
 * Splits plain text into what was written, quotes (lines with ">") with their lead line, and the signature ("-- ", RFC
 * 3676 section 4.3).
 */
export function toTextBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let lines: string[] = [];
  let kind: TextBlock['kind'] = 'text';
  const flush = () => {
    if (lines.length > 0) blocks.push({ kind, text: lines.join('\n') });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const next = nextKind(kind, line);
    if (next !== kind) {
      // "On Monday Ann wrote:" belongs to the quote it leads in.
      const lead = next === 'quote' && kind === 'text' ? takeLead(lines) : [];
      flush();
      lines = lead;
      kind = next;
    }
    lines.push(line);
  }
  flush();
  return blocks;
}

/** A quote's lead line and its text one level up (RFC 3676 section 4.5). */
export function unquote(text: string): { lead: string; quoted: string } {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('>'));
  const quoted = lines.slice(Math.max(0, first)).map((line) => line.replace(/^> ?/, ''));
  return { lead: lines.slice(0, Math.max(0, first)).join('\n').trim(), quoted: quoted.join('\n') };
}

function nextKind(kind: TextBlock['kind'], line: string): TextBlock['kind'] {
  if (kind === 'signature' || line === '-- ') return 'signature';
  if (line.startsWith('>')) return 'quote';
  return 'text';
}

function takeLead(lines: string[]): string[] {
  let start = lines.length;
  while (start > 0 && lines[start - 1]?.trim() === '') start -= 1;
  const first = Math.max(0, start - 2);
  for (let index = start - 1; index >= first; index -= 1) {
    const candidate = lines.slice(index, start).join(' ').trim();
    if (candidate.length < 300 && candidate.endsWith(':') && /\d/.test(candidate)) return lines.splice(index);
  }
  return [];
}
