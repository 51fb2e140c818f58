import { parseHtml } from './parse-html.ts';

/** Characters shown of HTML that cannot be drawn; a download has it all. */
const maxWords = 200_000;
/** Elements whose text is not for reading. */
const hidden = /^<(script|style|title|head)\b/i;

/** The words of HTML that is too much to be drawn, without its formatting: what stands between tags, found in one pass. */
export function wordsOfHtml(html: string): string {
  const pieces: string[] = [];
  let length = 0;
  for (let at = 0; at < html.length && length < maxWords;) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    pieces.push(html.slice(at, end));
    length += end - at;
    if (open < 0) break;
    const name = hidden.exec(html.slice(open, open + 10))?.[1];
    const close = html.indexOf(name ? `</${name}` : '>', open);
    if (close < 0) break;
    if (/^<(?:br|p|div|tr|li|h\d)\b/i.test(html.slice(open, open + 5))) pieces.push('\n');
    at = name ? close : close + 1;
  }
  const text = pieces.join('').slice(0, maxWords).replaceAll('<', ' ');
  // Only character references are left to be understood.
  return (parseHtml(text, window).textContent ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
