import { parseHtml } from '#components/message-view/body/parse-html.ts';
import { wordsOfHtml } from '#components/message-view/body/words-of-html.ts';
import { filterWindow } from './filter-window.ts';
import { fromPlainText } from './from-plain-text.ts';
import { sanitizeToHtml } from './sanitize-for-editor.ts';

/**
 * What comes from the clipboard as it should stand in a letter: Word's lists become lists, and only such looks stay as carry meaning (bold,
 * italic, struck out, colour); fonts, sizes and margins of the place it came from go. The filter has the last word; of what is beyond its
 * limits the words are left.
 */
export function cleanPaste(html: string): string {
  try {
    return clean(html);
  } catch {
    return fromPlainText(wordsOfHtml(html));
  }
}

function clean(html: string): string {
  // An inert document: nothing of it loads or runs. What is made here is text again, and goes through the filter.
  const body = parseHtml(html, filterWindow());
  for (const element of body.querySelectorAll(noWords)) element.remove();
  makeWordLists(body);
  for (const element of body.querySelectorAll('[style]')) keepMeaning(element);
  for (const element of body.querySelectorAll('[face]')) element.removeAttribute('face');
  return sanitizeToHtml(body.innerHTML);
}

const noWords = 'style, meta, link, title, script';

/**
 * Word writes list items as paragraphs of a class, with their level in a property of its own and their bullet as text
 * (`mso-list:l0 level2 lfo1`, and a span `mso-list:Ignore`).
 */
function makeWordLists(body: HTMLElement): void {
  let lists: { level: number; list: Element }[] = [];
  let last: Element | null = null;
  for (const item of [...body.querySelectorAll('[style*="mso-list"]')]) {
    if (!item.isConnected || item.localName === 'span') continue;
    const level = Number(/mso-list:[^;]*level(\d)/i.exec(item.getAttribute('style') ?? '')?.[1] ?? 1);
    const bullet = item.querySelector('[style*="mso-list"]');
    const mark = (bullet?.textContent ?? '').trim();
    bullet?.remove();
    if (item.previousElementSibling !== last) lists = [];
    while (lists.length > 0 && (lists.at(-1)?.level ?? 0) > level) lists.pop();
    let open = lists.at(-1);
    if (!open || open.level < level) {
      const list = body.ownerDocument.createElement(/^[\da-z]{1,4}[.)]/i.test(mark) ? 'ol' : 'ul');
      if (open) (open.list.lastElementChild ?? open.list).append(list);
      else item.before(list);
      open = { level, list };
      lists.push(open);
    }
    const entry = body.ownerDocument.createElement('li');
    entry.append(...item.childNodes);
    open.list.append(entry);
    item.remove();
    last = lists[0]?.list ?? null;
  }
}

function keepMeaning(element: Element): void {
  if (!('style' in element)) return;
  const { style } = element as HTMLElement; // Of a parsed page; only HTML elements have a style here.
  const kept: string[] = [];
  const weight = style.fontWeight;
  if (weight && weight !== 'inherit') kept.push(`font-weight:${weight}`);
  if (style.fontStyle) kept.push(`font-style:${style.fontStyle}`);
  if (/line-through|underline/.test(style.textDecorationLine)) kept.push(`text-decoration:${style.textDecorationLine}`);
  if (/^(?:super|sub)$/.test(style.verticalAlign)) kept.push(`vertical-align:${style.verticalAlign}`);
  if (/^(?:right|center)$/.test(style.textAlign)) kept.push(`text-align:${style.textAlign}`);
  if (isColorful(style.color, 'ink')) kept.push(`color:${style.color}`);
  if (isColorful(style.backgroundColor, 'paper')) kept.push(`background-color:${style.backgroundColor}`);
  if (kept.length > 0) element.setAttribute('style', kept.join(';'));
  else element.removeAttribute('style');
}

/** Black text and white paper are nobody's choice, and would be unreadable in the dark. */
function isColorful(color: string, usual: 'ink' | 'paper'): boolean {
  const [red, green, blue, alpha = '1'] =
    /^rgba?\(([^)]+)\)$/
      .exec(color)?.[1]
      ?.split(/[\s,/]+/)
      .filter(Boolean) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return false;
  if (Number(alpha) === 0) return false;
  const parts = [Number(red), Number(green), Number(blue)];
  const isGrey = Math.max(...parts) - Math.min(...parts) < 12;
  return !isGrey || (usual === 'ink' ? Math.min(...parts) > 235 : Math.max(...parts) < 200 && Math.min(...parts) > 0);
}
