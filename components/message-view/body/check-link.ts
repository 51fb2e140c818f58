/** What is done with a link of a mail. */
export type LinkVerdict =
  | { kind: 'none' }
  /** Opened as it is. */
  | { kind: 'direct'; href: string }
  /** Opened through our page that shows where it really leads. */
  | { kind: 'ask'; href: string }
  | { kind: 'mail'; href: string };

/**
 * Judges a link by its target and its visible text. `registrable` answers the registrable domain of a host name (public suffix list), null
 * for addresses and nonsense.
 */
export function checkLink(
  href: string,
  text: string,
  ownHost: string,
  registrable: (host: string) => string | null,
): LinkVerdict {
  const trimmed = href.trim();
  if (/^mailto:[^\s]/i.test(trimmed)) return { kind: 'mail', href: trimmed };
  if (/^tel:[+\d().\s-]{3,40}$/i.test(trimmed)) return { kind: 'direct', href: trimmed.replace(/\s/g, '') };
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return { kind: 'none' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'none' };
  // A link to ourselves would open with the person's session; user-info only ever misleads.
  if (url.host === ownHost || url.hostname === '') return { kind: 'none' };
  const hadUserInfo = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  const isOdd = hadUserInfo || /(^|\.)xn--/i.test(url.hostname) || registrable(url.hostname) === null;
  const isUnlike = hostsIn(text).some((named) => registrable(named) !== registrable(url.hostname));
  return { kind: isOdd || isUnlike ? 'ask' : 'direct', href: url.href };
}

/** The same for a link of plain text, which is its own target: only who it leads to can be odd. */
export function checkPlainLink(href: string, ownHost: string): LinkVerdict {
  return checkLink(href, '', ownHost, (host) => (/^[\d.]+$|^\[/.test(host) ? null : host));
}

/** The page of ours that writes to a `mailto:` address (RFC 6068). */
export function composeAddress(href: string): string {
  return `/compose?${new URLSearchParams({ mailto: href }).toString()}`;
}

/** What is not seen stands between the letters of a name only to hide it. */
const unseen = /\p{Default_Ignorable_Code_Point}+/gu;
const longest = 300;

/** The hosts a text claims: all of it, when it reads like an address or a domain, or each address in it. */
function hostsIn(text: string): string[] {
  const words = text.replace(unseen, '').trim().split(/\s+/).map(bare);
  const claims = words.length === 1 ? words : words.filter((word) => /^(?:https?:\/\/|www\.)/i.test(word));
  return claims.map(hostIn).filter((host) => host !== null);
}

/** Without what a sentence puts around a word. */
function bare(word: string): string {
  return word.replace(/^[\p{Ps}\p{Pi}"']+|[\p{Pe}\p{Pf}"'.,;!?]+$/gu, '');
}

/** The host a word claims when it reads like an address or a domain; null for other words. */
function hostIn(word: string): string | null {
  if (word.length > longest) return null;
  const match = /^(?:https?:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[:/?#]|$)/iu.exec(word);
  if (!match?.[1]) return null;
  const host = match[1].toLowerCase();
  // "report.pdf" and "Node.js" are not hosts; the common endings of files are no reason to warn.
  return /\.(?:pdf|docx?|xlsx?|pptx?|txt|zip|png|jpe?g|gif|html?|js|ts|css|csv|md)$/.test(host) && !word.includes('/')
    ? null
    : host;
}
