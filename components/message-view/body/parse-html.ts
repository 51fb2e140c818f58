/** Characters that are parsed between two looks at the clock, and milliseconds that it may take (check 71). */
const step = 1_024;
const maxMs = 1_000;
/** Of one element: to take 100,000 from it one by one takes seven seconds. */
const maxAttributes = 200;
/** Characters of a class attribute beyond which the filter drops it. */
export const maxClasses = 400;

/**
 * Parses hostile HTML into a document of its own, in which nothing runs or loads, and answers its body. Parsers look
 * through all open elements for each new one, and make all open `<font>`s anew for each new paragraph: a hundred
 * kilobytes can keep a browser busy for minutes. Throws when it takes too long.
 */
export function parseHtml(html: string, view: Window): HTMLElement {
  const parsed = view.document.implementation.createHTMLDocument('');
  const started = performance.now();
  parsed.open();
  write(parsed, '<body>'); // Without it style sheets in front would belong to the head.
  const { body } = parsed; // Later a picture may go by that name.
  for (let at = 0; at < html.length;) {
    // No character is cut in two.
    const end = /[\ud800-\udbff]/.test(html[at + step - 1] ?? '') ? at + step + 1 : at + step;
    write(parsed, html.slice(at, end));
    at = end;
    if (performance.now() - started > maxMs) throw new RangeError('too much to parse');
  }
  Document.prototype.close.call(parsed);
  return body;
}

/** How much there is in a mail. */
export interface Extent {
  elements: number;
  /** Of the element nested deepest. */
  depth: number;
  /** How many elements have a tag ("p"), a class (".x") or an id ("#x"). */
  named: ReadonlyMap<string, number>;
}

/**
 * Makes what is nested deeper than `most` elements plain text, as it cannot be drawn; answers what is left. Throws at an element with
 * attributes by the hundred.
 */
export function flatten(body: HTMLElement, most: number): Extent {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT);
  const named = new Map<string, number>();
  let elements = 0;
  let deepest = 1;
  let depth = 1;
  for (;;) {
    const element = walker.currentNode as Element; // It shows nothing else.
    if (Element.prototype.getAttributeNames.call(element).length > maxAttributes)
      throw new RangeError('too many attributes');
    if (depth === most) Element.prototype.replaceChildren.call(element, wordsIn(element));
    for (const name of namesOf(element)) named.set(name, (named.get(name) ?? 0) + 1);
    elements += 1;
    deepest = Math.max(deepest, depth);
    if (walker.firstChild()) depth += 1;
    else {
      while (!walker.nextSibling()) {
        depth -= 1;
        if (!walker.parentNode()) return { elements, depth: deepest, named };
      }
    }
  }
}

function wordsIn(element: Element): string {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.toString();
}

function namesOf(element: Element): string[] {
  const attribute = (name: string) => Element.prototype.getAttribute.call(element, name);
  const classes = attribute('class') ?? '';
  const names = new Set(classes.length > maxClasses ? [] : classes.split(/\s+/).filter(Boolean));
  const id = attribute('id');
  // Of a form it may be hidden.
  const tag = typeof element.localName === 'string' ? element.localName : 'form';
  return [tag, ...[...names].map((name) => `.${name}`), ...(id ? [`#${id}`] : [])];
}

/**
 * The only parser that stops when it is told to is the one that is fed by and by. Methods are taken from where no name of a mail's can hide
 * them: `<img name=write>` is what a document means by `write` from then on, and a form's fields hide what a form has.
 */
function write(parsed: Document, text: string): void {
  parser ??= trustedTypes?.createPolicy('parser', { createHTML: (html) => html });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- of a document without a window it is nothing but a parser
  Document.prototype.write.call(parsed, parser?.createHTML(text) ?? text);
}

/**
 * Says to Trusted Types (proxy.ts) that what is written here may be anything: no other text passes by this name, for a
 * name is taken once.
 */
let parser: { createHTML(html: string): string } | undefined;

const { trustedTypes } = globalThis as {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(html: string): string }): typeof parser };
};
