import 'server-only';
import { MailError } from '#lib/errors.ts';

/** What stands in a part's place: its header fields, each with its line end, and its body. */
export interface Replacement {
  headers: string;
  body: Buffer;
}

interface Multipart {
  boundary: string;
  /** Section number of the multipart itself; "" at the top. */
  part: string;
  children: number;
}

/** More nested than any honest message. */
const maxDepth = 64;
/** A header of one part that is longer is none. */
const maxHeader = 256 * 1024;
/** Longer than the longest boundary with its dashes (RFC 2046 section 5.1.1: 70 characters): what is longer is no boundary. */
const maxBoundaryLine = 512;
const lineEnd = Buffer.from('\r\n');

/**
 * A message with some of its parts replaced, octet for octet the same otherwise (RFC 2046 section 5.1). It is read as it comes: nothing
 * is held but a line and a part's header. `replace` is asked of every part by its section number (RFC 9051 section 6.4.5) and media
 * type; what lies in a nested message is its own. A replaced part loses its Content-* fields, all other fields stay.
 * Throws rewrite-failed for a header without an end.
 */
export async function* replaceParts(
  source: AsyncIterable<Uint8Array>,
  replace: (part: string, mediaType: string) => Replacement | null,
): AsyncGenerator<Buffer> {
  const open: Multipart[] = [];
  let part = '';
  let header: Buffer[] | null = [];
  let headerSize = 0;
  /** Everything until the next boundary is left out. */
  let isReplaced = false;
  /** The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1), so a body's last one is not known yet. */
  for await (const { line, isWhole } of linesOf(source)) {
    const at = isWhole && line.length <= maxBoundaryLine ? boundaryAt(line, open) : null;
    if (at) {
      if (header) yield* endHeader(header); // A part that is a header alone.
      if (isReplaced) yield lineEnd;
      isReplaced = false;
      open.splice(at.index + 1);
      const multipart = open[at.index];
      yield line;
      if (at.isEnd || !multipart) {
        open.splice(at.index);
        header = null;
      } else {
        multipart.children += 1;
        part = multipart.part ? `${multipart.part}.${multipart.children}` : `${multipart.children}`;
        header = [];
        headerSize = 0;
      }
      continue;
    }
    if (!header) {
      if (!isReplaced) yield line;
      continue;
    }
    header.push(line);
    headerSize += line.length;
    if (headerSize > maxHeader) throw new MailError('rewrite-failed');
    const isEnd = isWhole && /^\r?\n?$/.test(line.toString('latin1', 0, 3));
    if (isEnd) {
      yield* endHeader(header);
      header = null;
    }
  }
  if (header && header.length > 0) yield* endHeader(header);

  function* endHeader(lines: Buffer[]): Generator<Buffer> {
    const text = Buffer.concat(lines).toString('latin1');
    const { mediaType, boundary } = contentTypeOf(text);
    const isRoot = open.length === 0;
    if (mediaType.startsWith('multipart/') && boundary && open.length < maxDepth) {
      open.push({ boundary, part: isRoot ? '' : part, children: 0 });
      yield* lines;
      return;
    }
    const replacement = replace(isRoot ? '1' : part, mediaType);
    if (!replacement) {
      yield* lines;
      return;
    }
    isReplaced = true;
    yield Buffer.from(withoutContentFields(text), 'latin1');
    yield Buffer.from(`${replacement.headers}\r\n`);
    yield replacement.body;
    if (isRoot) yield lineEnd;
  }
}

/** Where a line is a delimiter of an open multipart, the innermost first. */
function boundaryAt(line: Buffer, open: readonly Multipart[]): { index: number; isEnd: boolean } | null {
  if (open.length === 0 || line[0] !== 0x2d || line[1] !== 0x2d) return null;
  const text = line.toString('latin1').replace(/[ \t]*\r?\n?$/, '');
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const delimiter = `--${open[index]?.boundary ?? ''}`;
    if (text === delimiter) return { index, isEnd: false };
    if (text === `${delimiter}--`) return { index, isEnd: true };
  }
  return null;
}

/** Lines with their ends; one that is very long comes in pieces, of which none is `isWhole`. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ line: Buffer; isWhole: boolean }> {
  const longest = 64 * 1024;
  let rest = Buffer.alloc(0);
  let isBroken = false;
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    let at = 0;
    for (let end = bytes.indexOf(0x0a, at); end >= 0; end = bytes.indexOf(0x0a, at)) {
      yield { line: bytes.subarray(at, end + 1), isWhole: !isBroken };
      isBroken = false;
      at = end + 1;
    }
    rest = bytes.subarray(at);
    if (rest.length > longest) {
      yield { line: rest, isWhole: false };
      isBroken = true;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield { line: rest, isWhole: !isBroken };
}

function contentTypeOf(header: string): { mediaType: string; boundary: string | null } {
  const value = /^content-type[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(header)?.[1]?.replace(/\r?\n/g, '') ?? '';
  const mediaType = /^\s*([^\s;/]+\/[^\s;]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain';
  const quoted = /;\s*boundary\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(value)?.[1]?.replace(/\\(.)/g, '$1');
  const boundary = quoted ?? /;\s*boundary\s*=\s*([^\s;"]+)/i.exec(value)?.[1] ?? null;
  return { mediaType, boundary: boundary?.replace(/\s+$/, '') || null };
}

/** The header without its end, and without what describes the body. */
function withoutContentFields(header: string): string {
  const fields = header.match(/^[^\s:][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n/gm) ?? [];
  return fields.filter((field) => !/^content-/i.test(field)).join('');
}
