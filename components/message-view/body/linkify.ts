import { LinkifyIt } from 'linkify-it';

/** Beyond this many characters of one block nothing is linked: reading comes first. */
const maxLinked = 200_000;
const maxLinks = 2_000;

const linkify = new LinkifyIt({ fuzzyIP: false });
linkify.add('ftp:', null).add('//', null);

export type TextPiece = { text: string; href: null } | { text: string; href: string };

/** Splits text into plain pieces and links to the web and to addresses; the pieces joined are the text, character by character. */
export function toPieces(text: string): TextPiece[] {
  if (text.length > maxLinked) return [{ text, href: null }];
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of (linkify.match(text) ?? []).slice(0, maxLinks)) {
    if (!/^(?:https?:\/\/|mailto:)/i.test(match.url)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: match.raw, href: match.url });
    end = match.lastIndex;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}
