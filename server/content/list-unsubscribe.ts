import 'server-only';
import { isIP } from 'node:net';
import { isDeliverable } from '#lib/mail/address.ts';
import { parseMailto } from '#lib/mail/parse-mailto.ts';
import { decodeWords } from './headers.ts';

/** The ways out that a message names. */
export interface ListWays {
  /** Takes the POST of RFC 8058; null where the message does not say that it does. */
  post: string | null;
  mail: { to: string; subject: string; text: string } | null;
  page: string | null;
}

const longestField = 16_384;
const longestUri = 4_000;
const mostUris = 20;
const longest = { subject: 500, text: 2_000, list: 100 };

/**
 * Reads List-Unsubscribe (RFC 2369 section 3.2) and List-Unsubscribe-Post (RFC 8058 section 3.1), as written and
 * unfolded. The first address of each kind counts; what is no address that a person could be sent to is left out, and
 * so is one of our own `ownHost`. A message with two such fields names no one-click way: nobody knows which of them was
 * signed.
 */
export function readListWays(fields: readonly string[], posts: readonly string[], ownHost: string): ListWays {
  const uris = fields.flatMap(urisIn).slice(0, mostUris);
  const pages = uris.filter((uri) => isPage(uri, ownHost));
  const takesPost =
    fields.length === 1 && posts.length === 1 && /^list-unsubscribe\s*=\s*one-click$/i.test(posts[0]?.trim() ?? '');
  return {
    post: (takesPost && pages.find(isForPost)) || null,
    mail: uris.map(toMail).find((mail) => mail !== null) ?? null,
    page: pages[0] ?? null,
  };
}

/**
 * The addresses in angle brackets, parted by commas (RFC 2369 section 2): blanks from folding go, comments may stand between them, what
 * follows without a comma is not read, and a field that begins with anything else says nothing.
 */
function urisIn(field: string): string[] {
  const uris: string[] = [];
  const text = field.slice(0, longestField);
  let at = afterBlanks(text, 0);
  while (text[at] === '<' && uris.length < mostUris) {
    const end = text.indexOf('>', at);
    if (end < 0) break;
    const uri = text.slice(at + 1, end).replace(/[ \t]/g, '');
    if (uri.length <= longestUri && /^[\x21-\x7e]+$/.test(uri) && !uri.includes('<')) uris.push(uri);
    at = afterBlanks(text, end + 1);
    if (text[at] !== ',') break;
    at = afterBlanks(text, at + 1);
  }
  return uris;
}

/** Where blanks and comments, which may nest (RFC 5322 section 3.2.2), are over. */
function afterBlanks(text: string, start: number): number {
  let at = start;
  let depth = 0;
  for (; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\' && depth > 0) at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0 && character !== ' ' && character !== '\t') return at;
  }
  return at;
}

function isPage(uri: string, ownHost: string): boolean {
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return false;
  const { host, hostname, username, password } = new URL(uri);
  return host !== ownHost && hostname !== '' && username === '' && password === '';
}

/** By https, to a name, at the usual port: the guard looks at where that name leads. */
function isForPost(uri: string): boolean {
  const { protocol, port, hostname } = new URL(uri);
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && /[^.]\.[^.]+$/.test(hostname);
  return protocol === 'https:' && port === '' && isName;
}

/** To exactly one address; copies that it asks for are not made. */
function toMail(uri: string): ListWays['mail'] {
  if (!/^mailto:/i.test(uri)) return null;
  const { to, subject, body } = parseMailto(uri);
  const [only, ...others] = to;
  if (!only || others.length > 0 || !isDeliverable(only.address) || !/^[\x21-\x7e]+$/.test(only.address)) return null;
  const words = subject.trim().slice(0, longest.subject).toWellFormed();
  const text = body
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, ' ')
    .slice(0, longest.text)
    .toWellFormed();
  // Whoever says nothing of what to write is a program that reads this.
  return { to: only.address, subject: words || 'unsubscribe', text: text || (words ? '' : 'unsubscribe') };
}

/** The name in List-Id (RFC 2919 section 2), before its brackets; null where there is none. */
export function readListName(field: string | undefined): string | null {
  const phrase = /^([^<>]*)<[^<>]*>/.exec((field ?? '').slice(0, longestField))?.[1]?.trim() ?? '';
  const name = decodeWords(phrase.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1'));
  return (
    name
      .replace(/[\0-\x1f\x7f]+/g, ' ')
      .trim()
      .slice(0, longest.list)
      .toWellFormed() || null
  );
}

/**
 * Whether the signatures that hold cover both fields (RFC 8058 section 4). `signatures` are DKIM-Signature fields (RFC 6376 section 3.5),
 * `signedBy` the domains whose signature a trusted server found good. All of such a domain must cover them: a field that somebody added
 * later proves nothing.
 */
export function areWaysSigned(signatures: readonly string[], signedBy: readonly string[]): boolean {
  const good = signatures
    .slice(0, mostUris)
    .map(tagsOf)
    .filter((tags) => signedBy.includes(tags.get('d')?.toLowerCase() ?? ''));
  return good.length > 0 && good.every((tags) => coversWays(tags.get('h') ?? ''));
}

function coversWays(names: string): boolean {
  const covered = names.toLowerCase().split(':');
  return covered.includes('list-unsubscribe') && covered.includes('list-unsubscribe-post');
}

function tagsOf(signature: string): Map<string, string> {
  const tags = signature.slice(0, longestField).replace(/\s+/g, '').split(';');
  return new Map(tags.map((tag) => [tag.slice(0, tag.indexOf('=')).toLowerCase(), tag.slice(tag.indexOf('=') + 1)]));
}
