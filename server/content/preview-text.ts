import 'server-only';

const maxLength = 160;
/** Enough for any first words; keeps the work bounded on hostile input. */
const maxInput = 20_000;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  zwnj: '',
  shy: '',
};

/** The first words of a text, for the list: no markup, no quotes, no padding, one line of at most 160 characters. */
export function previewText(text: string, kind: 'plain' | 'html'): string {
  const input = text.slice(0, maxInput);
  const plain = kind === 'html' ? htmlToWords(input) : withoutQuotes(input);
  const folded = plain
    .replace(/[\u00ad\u034f\u200b-\u200f\u2007\u2060\ufeff]/g, '')
    .replace(/https?:\/\/\S{40,}/g, (url) => `${url.slice(0, 30)}…`)
    .replace(/[-=_*~#]{4,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...folded.slice(0, maxLength * 2)].slice(0, maxLength).join('');
}

function htmlToWords(html: string): string {
  return html
    .replace(/<!--[^]*?(?:-->|$)/g, ' ')
    .replace(/<(script|style|head|title)\b[^]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<\/?(?:p|div|br|td|tr|li|h[1-6])\b[^>]{0,2000}>/gi, ' ')
    .replace(/<[a-z!/][^>]{0,5000}(?:>|$)/gi, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, decodeEntity);
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? ' ';
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
}

function withoutQuotes(text: string): string {
  const lines = text.split(/\r?\n/);
  const own = lines.filter((line, index) => !line.startsWith('>') && !isQuoteLead(line, lines[index + 1]));
  const signature = own.indexOf('-- ');
  const words = (signature > 0 ? own.slice(0, signature) : own).join('\n');
  return words.trim() ? words : text;
}

function isQuoteLead(line: string, next: string | undefined): boolean {
  return line.length < 300 && /:\s*$/.test(line) && (next ?? '').startsWith('>');
}
