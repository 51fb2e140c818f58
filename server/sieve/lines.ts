import { MailError } from '#lib/errors.ts';

/** A word as it stands, or what stood in quotes or came as a literal. */
export type SieveToken = { kind: 'word' | 'text'; value: string };

/** Octets: of a line without its literals, of one literal, and of all that one answer may hold. */
const most = { line: 8 * 1024, literal: 1024 * 1024, answer: 2 * 1024 * 1024 } as const;

export interface SieveLines {
  /** Takes octets as they come; calls `onLine` with each whole line. Throws server-unavailable for what is no ManageSieve, or too much. */
  push(chunk: Buffer): void;
  /** Whether anything came that is no whole line yet. */
  hasRest(): boolean;
  /** An answer is complete: the next may be as long again. */
  restart(): void;
}

/** Splits what a server sends into lines of tokens (RFC 5804 section 4); literals belong to their line. */
export function sieveLines(onLine: (tokens: SieveToken[]) => void): SieveLines {
  let chunks: Buffer[] = [];
  let held = 0;
  let taken = 0;
  let literal: number | null = null;
  let tokens: SieveToken[] = [];

  /** What is held as one piece; copied only where it came in several, for a chunk may hold thousands of lines. */
  function joined(): Buffer {
    const [only] = chunks;
    const all = only && chunks.length === 1 ? only : Buffer.concat(chunks);
    chunks = [all];
    return all;
  }

  function take(octets: number): Buffer {
    const all = joined();
    chunks = all.length > octets ? [all.subarray(octets)] : [];
    held = all.length - octets;
    return all.subarray(0, octets);
  }

  /** Whether it was enough for another piece. */
  function step(): boolean {
    if (literal !== null) {
      if (held < literal) return false;
      tokens.push({ kind: 'text', value: take(literal).toString('utf8') });
      literal = null;
      return true;
    }
    // Only a line waits here, and it is short.
    const end = joined().indexOf(10);
    if (end < 0 ? held > most.line : end > most.line) throw new MailError('server-unavailable');
    if (end < 0) return false;
    const text = take(end + 1)
      .toString('utf8')
      .replace(/\r?\n$/, '');
    const announced = /\{(\d{1,10})\+?\}$/.exec(text);
    tokens.push(...tokensOf(announced ? text.slice(0, announced.index) : text));
    if (announced) {
      literal = Number(announced[1]);
      if (literal > most.literal) throw new MailError('server-unavailable');
      return true;
    }
    const line = tokens;
    tokens = [];
    onLine(line);
    return true;
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      held += chunk.length;
      taken += chunk.length;
      if (taken > most.answer) throw new MailError('server-unavailable');
      while (step());
    },
    hasRest: () => held > 0 || tokens.length > 0 || literal !== null,
    restart: () => (taken = held),
  };
}

const piece = /\s*(?:"((?:[^"\\\r\n\0]|\\["\\])*)"|([()])|([^\s"(){}\\]+))/y;

function tokensOf(text: string): SieveToken[] {
  const found: SieveToken[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    if (text.slice(piece.lastIndex).trim() === '') break;
    const match = piece.exec(text);
    if (!match) throw new MailError('server-unavailable');
    const [, quoted, parenthesis, word] = match;
    if (quoted !== undefined) found.push({ kind: 'text', value: quoted.replace(/\\(["\\])/g, '$1') });
    else found.push({ kind: 'word', value: parenthesis ?? word ?? '' });
  }
  return found;
}

/** A text as a command's argument: in quotes where that may be, else as a literal that is sent at once (RFC 5804 section 1.2). */
export function sieveArgument(text: string): string {
  const isShort = Buffer.byteLength(text) <= 1024 && !/[\r\n\0]/.test(text);
  if (isShort) return `"${text.replace(/["\\]/g, '\\$&')}"`;
  return `{${Buffer.byteLength(text)}+}\r\n${text}`;
}
