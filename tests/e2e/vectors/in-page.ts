import { checkLink } from '#components/message-view/body/check-link.ts';
import { getDomain, sanitizeMail } from '#components/message-view/body/mail-filter.ts';
import { cleanPaste } from '#components/compose/editor/clean-paste.ts';
import { sanitizeToHtml } from '#components/compose/editor/sanitize-for-editor.ts';

/** As it came; through the reader's filter, light or dark; through the filter of quotes, or of what is pasted, and from text into nodes again. */
export type Way = 'raw' | 'read' | 'dark' | 'quote' | 'paste';

export interface Outcome {
  /** Calls of alert and its like. */
  ran: number;
  /** What is left that could run, load or lead astray: the vector's number, and the markup. */
  left: [number, string][];
  /** The frame shows what it showed before. */
  isInPlace: boolean;
}

/** Runs in a browser's page: puts each vector into a frame of that page, lets it load and be painted, looks, and clears the frame. */
export async function runVectors(vectors: readonly string[], way: Way, frameSelector: string): Promise<Outcome> {
  const frame = document.querySelector<HTMLIFrameElement>(frameSelector);
  const view = frame?.contentWindow as (Window & typeof globalThis) | null | undefined; // A frame's window has the same constructors.
  if (!frame || !view) throw new Error('There is no frame');
  const { pathname } = view.location;
  const inside = view.document;
  // Taken while the frame is empty: names and ids of a vector hide what the document calls so.
  const { body } = inside;
  const place = inside.createElement('div');
  const makePlace = () => place.cloneNode() as HTMLElement; // A clone of a div is one.
  const range = inside.createRange();
  let ran = 0;
  const count = () => {
    ran += 1;
    return null;
  };
  for (const one of [window, view]) Object.assign(one, { alert: count, confirm: count, prompt: count, print: count });
  const left: [number, string][] = [];
  for (const [index, vector] of vectors.entries()) {
    const around = makePlace();
    body.append(around);
    around.append(toNodes(vector, way, range, view));
    if (way !== 'raw') left.push(...active(around).map((markup): [number, string] => [index, markup.slice(0, 300)]));
  }
  // Loads are begun and first frames of animations painted by then; a request to our own server orders after them.
  for (let painted = 0; painted < 4; painted += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  await fetch('/healthz').catch(() => null);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const isInPlace = document.querySelector(frameSelector) === frame && frame.contentWindow === view && view.location.pathname === pathname;
  if (isInPlace) body.replaceChildren();
  return { ran, left, isInPlace };
}

/** Puts HTML through the reader's filter and draws what comes out; answers how long both kept the page busy, in milliseconds. */
export async function drawHeavy(html: string, frameSelector: string): Promise<number> {
  const view = document.querySelector<HTMLIFrameElement>(frameSelector)?.contentWindow;
  if (!view) throw new Error('There is no frame');
  const started = performance.now();
  try {
    view.document.body.replaceChildren(toNodes(html, 'read', view.document.createRange(), view));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // Beyond the limits, as it should be.
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const took = performance.now() - started;
  view.document.body.replaceChildren();
  return took;
}

function toNodes(vector: string, way: Way, range: Range, view: Window): Node {
  if (way === 'raw') return range.createContextualFragment(vector);
  // The editor takes text, and parses it once more.
  if (way === 'quote') return range.createContextualFragment(sanitizeToHtml(vector));
  if (way === 'paste') return range.createContextualFragment(cleanPaste(vector));
  return sanitizeMail(vector, view, {
    cidAddress: (contentId) => `/api/messages/1/cid/${encodeURIComponent(contentId)}`,
    remoteAddress: () => null,
    link: (href, text) => checkLink(href, text, window.location.host, getDomain),
    leaveAddress: (href) => `/leave?u=${encodeURIComponent(href)}`,
    dark: way === 'dark',
    most: 100,
  }).fragment;
}

const elements =
  'script,iframe,frame,frameset,object,embed,applet,form,input,button,select,textarea,base,meta,link,svg,math,video,audio,source,track,template,slot,dialog,canvas,area,noscript,xmp,plaintext,title';

/** Of nodes that went through a filter: whatever must not be there (check 1). */
function active(place: Element): string[] {
  const found = [...place.querySelectorAll(elements)].map(({ outerHTML }) => outerHTML);
  for (const element of place.querySelectorAll('*')) {
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') found.push(element.outerHTML);
    for (const { name, value } of element.attributes) {
      const isBad =
        name.startsWith('on') ||
        ['srcset', 'ping', 'formaction', 'action', 'background', 'srcdoc', 'poster', 'data', 'cite', 'usemap', 'longdesc', 'popover', 'autofocus'].includes(name) ||
        (name === 'href' && !/^(?:https?:|mailto:|tel:|\/leave\?)/i.test(value)) ||
        (name === 'src' && !/^(?:\/api\/messages\/1\/cid\/|cid:|data:image\/(?:png|gif|jpeg|webp);base64,|https?:)/i.test(value)) ||
        (name === 'style' && /url|image|\\|@|expression|behavior|(?:^|;)\s*position:|var\(/i.test(value));
      if (isBad) found.push(`${name}=${value}`);
    }
  }
  for (const sheet of place.querySelectorAll('style')) if (/url\(|image|@import|@font|\\|var\(|</i.test(sheet.textContent ?? '')) found.push(sheet.outerHTML);
  return found;
}
