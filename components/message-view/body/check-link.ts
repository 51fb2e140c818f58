/** What is done with a link of a mail (security.md 1, Links). */
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
  const named = hostIn(text);
  const isUnlike = named !== null && registrable(named) !== registrable(url.hostname);
  return { kind: isOdd || isUnlike ? 'ask' : 'direct', href: url.href };
}

/** The host a text claims when it reads like an address or a domain; null for other words. */
function hostIn(text: string): string | null {
  const word = text.trim();
  if (word.length > 300 || /\s/.test(word)) return null;
  const match = /^(?:https?:\/\/)?(?:[^\s/@]*@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[:/?#]|$)/iu.exec(word);
  if (!match?.[1]) return null;
  const host = match[1].toLowerCase();
  // "report.pdf" and "Node.js" are not hosts; the common endings of files are no reason to warn.
  return /\.(?:pdf|docx?|xlsx?|pptx?|txt|zip|png|jpe?g|gif|html?|js|ts|css|csv|md)$/.test(host) && !word.includes('/')
    ? null
    : host;
}
