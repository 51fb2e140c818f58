import 'server-only';
import type { PartNode } from '#lib/mail/part-node.ts';

/** Deeper than honest messages are; what becomes of others to-part-tree.ts says. */
const maxDepth = 20;

const space = 0x20;
const quote = 0x22;
const opening = 0x28;
const closing = 0x29;

/** Escapes, literals, other scripts, encoded names (RFC 2047, RFC 2231) and nested messages are for imapflow to read. */
const isOutOfOrdinary = /[^ -[\]-z|}~]|=\?|\*|'|"message"/i;

/** A place in a line; `at` is Infinity once something is not as it should be: nothing stands there. */
interface Reader {
  line: string;
  at: number;
}

/**
 * The BODYSTRUCTURE (RFC 9051 section 7.5.2) that begins at a place of a response line, read at once into what toPartTree makes of
 * imapflow's: its parser makes an object of every token, which for a hundred thousand messages is most of a search. Null for one
 * that is out of the ordinary.
 */
export function readPlainStructure(line: string, start: number): PartNode | null {
  const reader = { line, at: start };
  const rest = line.slice(start);
  if (isOutOfOrdinary.test(rest)) return null;
  const node = readNode(reader, '', 0);
  return reader.at === Infinity ? null : node;
}

function readNode(reader: Reader, part: string, depth: number): PartNode {
  take(reader, opening);
  const isMultipart = peek(reader) === opening;
  const node = isMultipart ? readMultipart(reader, part, depth) : readSingle(reader, part || '1');
  if (peek(reader) !== closing) {
    if (peek(reader) === opening) readDisposition(reader, node);
    else readText(reader);
  }
  // Language and location.
  while (peek(reader) !== closing && reader.at !== Infinity) {
    if (peek(reader) === opening) readPairs(reader);
    else readText(reader);
  }
  take(reader, closing);
  return node;
}

function readMultipart(reader: Reader, part: string, depth: number): PartNode {
  const children: PartNode[] = [];
  if (depth === maxDepth) reader.at = Infinity;
  while (peek(reader) === opening) {
    const number = children.length + 1;
    children.push(readNode(reader, part ? `${part}.${number}` : `${number}`, depth + 1));
  }
  const mediaType = `multipart/${(readText(reader) ?? '').toLowerCase()}`;
  const parameters = peek(reader) === closing ? {} : readPairs(reader);
  return { ...empty, part, mediaType, parameters, dispositionParameters: {}, children };
}

function readSingle(reader: Reader, part: string): PartNode {
  const type = (readText(reader) ?? '').toLowerCase();
  const mediaType = `${type}/${(readText(reader) ?? '').toLowerCase()}`;
  const parameters = readPairs(reader);
  const contentId = readText(reader)?.replace(/^\s*<|>\s*$/g, '') || null;
  const description = readText(reader);
  const encoding = (readText(reader) ?? '').toLowerCase();
  const size = Number(readText(reader)) || 0;
  // Lines, of a text, and the MD5: not every server sends all that may follow.
  if (type === 'text' && !/^\d+$/.test(readText(reader) ?? '')) reader.at = Infinity;
  if (peek(reader) !== closing) readText(reader);
  return {
    ...empty,
    part,
    mediaType,
    parameters,
    encoding,
    size,
    contentId,
    description,
    dispositionParameters: {},
    children: [],
  };
}

const empty = {
  encoding: '',
  size: 0,
  disposition: null,
  contentId: null,
  description: null,
  nested: null,
};

function readDisposition(reader: Reader, node: PartNode): void {
  take(reader, opening);
  node.disposition = readText(reader)?.toLowerCase() ?? '';
  if (peek(reader) !== closing) node.dispositionParameters = readPairs(reader);
  take(reader, closing);
}

/** Names and values, or NIL. A list that holds lists is out of the ordinary. */
function readPairs(reader: Reader): Record<string, string> {
  const pairs: Record<string, string> = {};
  if (peek(reader) !== opening) {
    if (readText(reader) !== null) reader.at = Infinity;
    return pairs;
  }
  take(reader, opening);
  while (peek(reader) !== closing && reader.at !== Infinity) {
    const key = (readText(reader) ?? '').toLowerCase();
    const value = peek(reader) === closing ? null : (readText(reader) ?? '');
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') reader.at = Infinity;
    if (value !== null) pairs[key] = value;
  }
  take(reader, closing);
  return pairs;
}

/** A string or an atom; null for NIL. */
function readText(reader: Reader): string | null {
  const { line } = reader;
  const first = peek(reader);
  const from = reader.at;
  if (first === quote) {
    const end = line.indexOf('"', from + 1);
    reader.at = end < 0 ? Infinity : end + 1;
    return line.slice(from + 1, end);
  }
  let end = from;
  while (end < line.length && !ends(line.charCodeAt(end))) end += 1;
  reader.at = end === from ? Infinity : end;
  const text = line.slice(from, end);
  return text.toUpperCase() === 'NIL' ? null : text;
}

function ends(code: number): boolean {
  return code === space || code === opening || code === closing || code === quote;
}

/** The next character that is no space. */
function peek(reader: Reader): number {
  while (reader.line.charCodeAt(reader.at) === space) reader.at += 1;
  return reader.line.charCodeAt(reader.at);
}

function take(reader: Reader, code: number): void {
  if (peek(reader) === code) reader.at += 1;
  else reader.at = Infinity;
}
