import { writerProfile } from '#components/message-view/body/allowed-html.ts';
import type { LinkVerdict } from '#components/message-view/body/check-link.ts';
import { sanitizeMail } from '#components/message-view/body/sanitize-mail.ts';
import { filterWindow } from './filter-window.ts';

/**
 * The only door for HTML into what is written: quoted, pasted and reopened HTML goes through the reader's filter with the writer's stricter
 * profile before the editor sees it. The nodes belong to a document of their own in which nothing loads and nothing runs. Pictures keep
 * their `cid:`, `data:` and remote addresses; the editor decides what it shows. Throws when the HTML is beyond the filter's limits.
 */
export function sanitizeForEditor(html: string, cidAddress = sameCid): DocumentFragment {
  return sanitizeMail(html, filterWindow(), {
    cidAddress,
    remoteAddress: (url) => url,
    link: toLink,
    leaveAddress: () => null,
    dark: false,
    profile: writerProfile,
  }).fragment;
}

/** A name, not an address: the editor finds the picture by it. */
function sameCid(contentId: string): string | null {
  return `cid:${contentId}`;
}

/** The same as text, for what must be kept as a string. */
export function sanitizeToHtml(html: string): string {
  const holder = document.implementation.createHTMLDocument().createElement('div');
  holder.append(sanitizeForEditor(html));
  return holder.innerHTML;
}

/** A link that may be sent: it leads to the web, to somebody's mailbox or telephone, and says where. */
export function toLink(href: string): LinkVerdict {
  const trimmed = href.trim();
  if (/^(?:mailto:\S|tel:[+\d().\s-]{3,40}$)/i.test(trimmed)) return { kind: 'direct', href: trimmed };
  if (!URL.canParse(trimmed)) return { kind: 'none' };
  const url = new URL(trimmed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'none' };
  if (url.host === window.location.host || url.hostname === '') return { kind: 'none' };
  url.username = '';
  url.password = '';
  return { kind: 'direct', href: url.href };
}
