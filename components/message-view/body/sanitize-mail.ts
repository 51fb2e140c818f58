import createPurify from 'dompurify';
import type { WindowLike } from 'dompurify';
import { isDrawable } from '#lib/picture/is-drawable.ts';
import { readerProfile } from './allowed-html.ts';
import type { HtmlProfile } from './allowed-html.ts';
import type { LinkVerdict } from './check-link.ts';
import { filterDeclarations, filterStyleSheet, styleBudget } from './filter-css.ts';
import { findTracker, isUnseen } from './find-tracker.ts';
import { flatten, maxClasses, parseHtml } from './parse-html.ts';
import { makeRecolor } from './recolor.ts';

/** Limits: milliseconds, characters of HTML, nodes, octets of pictures inside the HTML. */
const maxMs = 2_000;
const maxHtml = 2 * 1024 * 1024;
const maxNodes = 50_000;
const maxDataImage = 2 * 1024 * 1024;
const maxDataImages = 10 * 1024 * 1024;
const maxSource = 64 * 1024;
/** Elements in each other: 300 tables in lines, or 2,000 others, end Chromium's process. */
const maxDepth = 200;

export interface SanitizeOptions {
  /** The address of our route for a Content-ID of the same message; null when the message has no such part. */
  cidAddress(contentId: string): string | null;
  /** The address of our proxy for a remote picture; null while the person has not asked for pictures. */
  remoteAddress(url: string): string | null;
  /** The address by which a link is opened; null for no link. */
  link(href: string, text: string): LinkVerdict;
  leaveAddress(href: string): string | null;
  /** The address by which a `mailto:` link is opened; null for no link. Without it by itself. */
  mailAddress?(href: string): string | null;
  /** Pictures of the message itself that are drawn at most; without it all. */
  most?: number;
  /** Draw the mail's colours for a dark page. */
  dark: boolean;
  /** What may stand in the result; without it what may stand in a message that is read. */
  profile?: HtmlProfile;
}

export interface SanitizedMail {
  fragment: DocumentFragment;
  /** Remote pictures that were left out, or that go through our proxy. */
  remoteImages: string[];
  /** Pictures that only tell the sender of the reading: never in the result. For each whom it tells, null where that is not known. */
  trackers: (string | null)[];
  /** Pictures of the message itself beyond those that are drawn. */
  more: number;
  /** The HTML was too large to be drawn whole. */
  isCut: boolean;
}

/**
 * Makes the nodes that may be appended to the message frame out of raw, hostile HTML. Everything is decided inside
 * DOMPurify's hooks, in the frame's own document where scripts cannot run; the fragment is appended as it is and
 * nothing touches it afterwards: there is no second parse. Throws when the HTML is beyond the limits, or takes too
 * long.
 */
export function sanitizeMail(html: string, view: Window, options: SanitizeOptions): SanitizedMail {
  // A fresh instance for every frame: hooks are kept per instance.
  const purify = createPurify(view as unknown as WindowLike); // A frame's window is one; DOMPurify declares its own shape of it.
  const recolor = options.dark ? makeRecolor(view.document) : null;
  const remoteImages: string[] = [];
  const trackers = new Map<string, string | null>();
  const started = performance.now();
  const isCut = html.length > maxHtml;
  const body = parseHtml(isCut ? html.slice(0, maxHtml) : html, view);
  const extent = flatten(body, maxDepth);
  if (extent.elements > maxNodes) throw new RangeError('too many elements');
  const styles = styleBudget(extent);
  const budget = { nodes: maxNodes, dataImages: maxDataImages, own: options.most ?? Infinity };

  purify.addHook('uponSanitizeElement', (node) => {
    budget.nodes -= 1;
    if (budget.nodes < 0) throw new RangeError('too many nodes');
    if (performance.now() - started > maxMs) throw new RangeError('too much work');
    if (node.nodeName === 'STYLE') node.textContent = filterStyleSheet(node.textContent ?? '', view, styles, recolor);
  });
  purify.addHook('uponSanitizeAttribute', (node, data) => {
    const name = data.attrName;
    if (name === 'style') data.keepAttr = false; // Written anew below, from what the browser made of it.
    if (name === 'src' && node.nodeName !== 'IMG') data.keepAttr = false;
    if (name === 'class' || name === 'id') {
      data.keepAttr = /^[\w\s:.-]+$/.test(data.attrValue) && data.attrValue.length <= maxClasses;
    }
    if (recolor && (name === 'bgcolor' || name === 'color')) {
      data.keepAttr = false; // A colour attribute cannot say oklab(): it becomes a style below.
    }
  });
  purify.addHook('beforeSanitizeAttributes', (node) => {
    if (!isHtml(node)) return;
    const declarations = filterDeclarations(node.style, recolor);
    const own = recolor ? ownColors(node, recolor.attribute) : '';
    const written = [own, declarations].filter(Boolean).join(';');
    const isLink = node.nodeName === 'A';
    const isImage = node.nodeName === 'IMG';
    pendingOf.set(node, {
      style: written,
      href: isLink ? node.getAttribute('href') : null,
      text: isLink ? (node.textContent ?? '').slice(0, 400) : '',
      src: isImage ? node.getAttribute('src') : null,
      isUnseen: isImage && isUnseen(node),
    });
    node.removeAttribute('style');
    if (isImage) node.removeAttribute('src');
    if (isLink) node.removeAttribute('href');
  });
  purify.addHook('afterSanitizeAttributes', (node) => {
    const pending = isHtml(node) ? pendingOf.get(node) : undefined;
    if (!pending || !isHtml(node)) return;
    if (pending.style) node.style.cssText = pending.style;
    const tracker = toTracker(pending);
    if (tracker) trackers.set(tracker.address, tracker.name);
    else if (pending.src !== null) setSource(node, pending.src, options, remoteImages, budget);
    if (pending.href !== null) setLink(node, pending.href, pending.text, options);
  });
  const pendingOf = new WeakMap<HTMLElement, Pending>();

  const { tags, attributes, hiddenContents } = options.profile ?? readerProfile;
  const fragment = purify.sanitize(body, {
    ALLOWED_TAGS: [...tags],
    ALLOWED_ATTR: [...attributes],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel|cid|data):/i,
    SANITIZE_DOM: true,
    SANITIZE_NAMED_PROPS: true,
    KEEP_CONTENT: true,
    FORBID_CONTENTS: [...hiddenContents],
    RETURN_DOM_FRAGMENT: true,
    TRUSTED_TYPES_POLICY: null, // It makes none.
  });
  purify.removeAllHooks();
  return {
    fragment,
    remoteImages,
    trackers: [...trackers.values()],
    more: options.most === undefined ? 0 : Math.max(0, -budget.own),
    isCut,
  };
}

interface Pending {
  style: string;
  href: string | null;
  text: string;
  src: string | null;
  /** A picture too small or hidden to be seen. */
  isUnseen: boolean;
}

function toTracker({ src, isUnseen }: Pending): { address: string; name: string | null } | null {
  const address = src?.trim().slice(0, maxSource) ?? '';
  if (!/^https?:\/\//i.test(address)) return null;
  const name = findTracker(address);
  return name !== null || isUnseen ? { address, name } : null;
}

function setSource(
  image: HTMLElement,
  src: string,
  options: SanitizeOptions,
  remoteImages: string[],
  budget: { dataImages: number; own: number },
): void {
  const address = src.trim();
  if (address.length > maxSource && !/^data:/i.test(address)) return;
  const place = image as HTMLImageElement; // Only called for IMG.
  if (/^cid:/i.test(address)) {
    const route = options.cidAddress(decode(address.slice(4)));
    if (route) budget.own -= 1;
    if (route && budget.own >= 0) place.src = route;
    return;
  }
  if (
    /^data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]+$/i.test(address) &&
    address.length < maxDataImage * 1.4
  ) {
    budget.dataImages -= address.length;
    if (budget.dataImages > 0 && isDrawable(octetsOf(address))) place.src = address;
    return;
  }
  if (!/^https?:\/\//i.test(address)) return;
  remoteImages.push(address);
  const proxied = options.remoteAddress(address);
  if (proxied) place.src = proxied;
}

/** Of a `data:` address in base64. */
function octetsOf(address: string): Uint8Array {
  try {
    return Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (octet) => octet.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function setLink(anchor: HTMLElement, href: string, text: string, options: SanitizeOptions): void {
  const verdict = options.link(href, text);
  if (verdict.kind === 'none') return;
  const target = targetOf(verdict, options);
  if (!target) return;
  anchor.setAttribute('href', target);
  anchor.setAttribute('target', '_blank');
  anchor.setAttribute('rel', 'noopener noreferrer nofollow');
  // The true target is what the pointer, the focus and the screen reader are told.
  anchor.setAttribute('title', verdict.href.slice(0, 300));
}

function targetOf({ kind, href }: LinkVerdict & { href: string }, options: SanitizeOptions): string | null {
  if (kind === 'ask') return options.leaveAddress(href);
  return kind === 'mail' && options.mailAddress ? options.mailAddress(href) : href;
}

function ownColors(node: HTMLElement, turn: (name: string, value: string) => string): string {
  const background = node.getAttribute('bgcolor');
  const color = node.getAttribute('color');
  return [
    background && plainColor.test(background) ? `background-color:${turn('bgcolor', background)}` : '',
    color && plainColor.test(color) ? `color:${turn('color', color)}` : '',
  ]
    .filter(Boolean)
    .join(';');
}

const plainColor = /^\s*(?:#?[0-9a-f]{3,8}|[a-z]{3,25})\s*$/i;

function isHtml(node: Node): node is HTMLElement {
  return node.nodeType === 1 && 'style' in node;
}

function decode(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
