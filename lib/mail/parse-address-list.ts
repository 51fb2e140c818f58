import type { Address } from './address.ts';

/** Recipients read from one typed or pasted text at most: what is beyond is nobody's list of people. */
const most = 2_000;
/** Characters of a name with its address at most; what is longer is neither, and stays as it was written. */
const longest = 2_000;

/**
 * Reads what people type and paste into a recipient field: an address list of RFC 5322 section 3.4, groups taken apart, comments
 * left out; line breaks, tabs and semicolons part as commas do (spreadsheets, other mail programs). What is no address stays as
 * it was written, as an address without an "@", so that it can be shown as such. Order is kept; nothing throws.
 */
export function parseAddressList(text: string): Address[] {
  return splitList(text)
    .map(toAddress)
    .filter((address) => address !== null)
    .slice(0, most);
}

/**
 * Cuts at separators that stand outside of quotes, angle brackets and comments; a group's name goes at its colon (RFC
 * 5322 section 3.4).
 */
function splitList(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let inside: '"' | '<' | '(' | null = null;
  const lastSemicolon = text.lastIndexOf(';');
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    if (inside === '"' && letter === '\\') {
      piece += letter + text.charAt(index + 1);
      index += 1;
      continue;
    }
    if (inside) {
      if (letter === closing[inside]) inside = null;
      // A list goes on in its next line though somebody forgot to close a quote.
      else if (letter === '\n') inside = null;
    } else if (letter === '<' || letter === '(' || (letter === '"' && isBlank(piece))) inside = letter;
    if (!inside && /[,;\n\r\t]/.test(letter)) {
      pieces.push(piece);
      piece = '';
    } else if (!inside && letter === ':' && index < lastSemicolon && isGroupName(piece)) piece = '';
    else piece += letter;
  }
  return [...pieces, piece];
}

const closing = { '"': '"', '<': '>', '(': ')' } as const;

function isBlank(piece: string): boolean {
  return piece.length <= longest && !/[^\s(]/.test(piece);
}

/** "Friends: ann@…;" and not "mailto:ann@…" or "[IPv6:…]". */
function isGroupName(before: string): boolean {
  if (before.length > longest) return false;
  const name = before.trim();
  return name !== '' && !/[<>@[\]]/.test(name) && name.toLowerCase() !== 'mailto';
}

function toAddress(piece: string): Address | null {
  const text = piece.trim().replace(/^mailto:/i, '');
  if (!text) return null;
  if (text.length > longest) return { name: null, address: text };
  const bracketed = /^(.*)<([^<>]*)>[^<>]*$/s.exec(text);
  if (bracketed) {
    const address = (bracketed[2] ?? '').trim();
    const name = withoutComments(bracketed[1] ?? '');
    return { name: plainName(name) || null, address: address || text };
  }
  // The old form: address (Name).
  const commented = /^([^\s()"]+@[^\s()"]+)\s*\(([^()]*)\)$/.exec(text);
  if (commented?.[1]) return { name: plainName(commented[2] ?? '') || null, address: commented[1] };
  // A name and an address without brackets, as people type them.
  const loose = /^(.+?)\s+([^\s<>()"@]+@[^\s<>()"@]+)$/.exec(text);
  if (loose?.[1] && loose[2] && !loose[1].includes('@'))
    return { name: plainName(loose[1]) || null, address: loose[2] };
  return { name: null, address: text };
}

function withoutComments(text: string): string {
  return /^\s*"/.test(text) ? text : text.replace(/\([^()]*\)/g, ' ');
}

/** Takes the quotes of a quoted string and its backslashes away (RFC 5322 section 3.2.4). */
function plainName(text: string): string {
  const trimmed = text.trim();
  const quoted = /^"(.*)"$/s.exec(trimmed);
  const name = quoted ? (quoted[1] ?? '').replace(/\\(.)/gs, '$1') : trimmed.replace(/^'(.*)'$/s, '$1');
  return name.replace(/\s+/g, ' ').trim();
}

/** An address list as a header or a text field would have it; the inverse of reading one. */
export function formatAddressList(addresses: readonly Address[]): string {
  return addresses.map(formatAddress).join(', ');
}

export function formatAddress({ name, address }: Address): string {
  if (!name) return address;
  return `${/^[\p{L}\p{N} !#$%&'*+/=?^_`{|}~-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}
