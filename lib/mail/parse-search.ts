import { maxDepth, maxQueryLength, maxTerms, negated, searchStates, together } from './search-query.ts';
import type { AgeUnit, SearchField, SearchLeaf, SearchQuery, SearchTerm } from './search-query.ts';

/** Why a query is refused; `operator` is the one whose value makes no sense, such as "before". */
export interface SearchRefusal {
  reason: 'too-long' | 'control-characters' | 'too-many-terms' | 'too-deep' | 'bad-value' | 'missing-value';
  operator?: string;
}

export type ParsedSearch = { ok: true; query: SearchQuery } | { ok: false; refusal: SearchRefusal };

/**
 * Reads the query language: words, "phrases", operators (`from:ann`), `-` before what must not be, OR between two
 * alternatives (it binds closer than the silent "and"), parentheses. Never throws. What is no operator is a word; a quote or
 * parenthesis left open ends with the text.
 */
export function parseSearch(text: string): ParsedSearch {
  if (text.length > maxQueryLength) return refuse('too-long');
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(text) || !text.isWellFormed()) return refuse('control-characters');
  const reader: Reader = { text, at: 0, terms: 0, refusal: null };
  const parts: SearchTerm[] = [];
  while (reader.at < text.length && !reader.refusal) {
    const term = readList(reader, 0);
    if (term) parts.push(term);
    reader.at += 1; // A parenthesis that nobody opened.
  }
  if (reader.refusal) return { ok: false, refusal: reader.refusal };
  return { ok: true, query: together('and', parts) ?? { type: 'all' } };
}

interface Reader {
  text: string;
  at: number;
  terms: number;
  refusal: SearchRefusal | null;
}

function refuse(reason: SearchRefusal['reason']): ParsedSearch {
  return { ok: false, refusal: { reason } };
}

function giveUp(reader: Reader, reason: SearchRefusal['reason'], operator?: string): null {
  reader.refusal ??= operator === undefined ? { reason } : { reason, operator };
  reader.at = reader.text.length;
  return null;
}

/** Up to the end or a closing parenthesis, which is left to be read. */
function readList(reader: Reader, depth: number): SearchTerm | null {
  if (depth > maxDepth) return giveUp(reader, 'too-deep');
  const all: SearchTerm[] = [];
  let alternatives: SearchTerm[] = [];
  let isAfterOr = false;
  for (skipSpace(reader); reader.at < reader.text.length && !peeks(reader, ')'); skipSpace(reader)) {
    if (readOr(reader)) {
      isAfterOr = alternatives.length > 0;
      continue;
    }
    const term = readTerm(reader, depth);
    if (!term) continue;
    if (!isAfterOr) {
      const before = together('or', alternatives);
      if (before) all.push(before);
      alternatives = [];
    }
    alternatives.push(term);
    isAfterOr = false;
  }
  const last = together('or', alternatives);
  return together('and', last ? [...all, last] : all);
}

function readTerm(reader: Reader, depth: number): SearchTerm | null {
  const next = reader.text[reader.at + 1];
  if (peeks(reader, '-') && next !== undefined && !/[\s)]/.test(next)) {
    reader.at += 1;
    // Dashes in a row say no more than one: "--" is no double negation that anybody means.
    while (peeks(reader, '-')) reader.at += 1;
    const term = readTerm(reader, depth);
    return term && negated(term);
  }
  if (peeks(reader, '(')) {
    reader.at += 1;
    const term = readList(reader, depth + 1);
    if (peeks(reader, ')')) reader.at += 1;
    return term;
  }
  return readLeaf(reader, depth);
}

function readLeaf(reader: Reader, depth: number): SearchTerm | null {
  reader.terms += 1;
  if (reader.terms > maxTerms) return giveUp(reader, 'too-many-terms');
  const name = /^([a-z_]{2,10}):/i.exec(reader.text.slice(reader.at, reader.at + 12))?.[1]?.toLowerCase();
  if (name === undefined || !isOperator(name)) {
    const value = readValue(reader, depth);
    return value.trim() === '' ? null : { type: 'text', field: 'any', value };
  }
  reader.at += name.length + 1;
  const value = readValue(reader, depth);
  if (value.trim() === '') return giveUp(reader, 'missing-value', name);
  return operators[name](value) ?? giveUp(reader, 'bad-value', name);
}

function readValue(reader: Reader, depth: number): string {
  return peeks(reader, '"') ? readQuoted(reader) : readBare(reader, depth);
}

function readQuoted(reader: Reader): string {
  let value = '';
  for (reader.at += 1; reader.at < reader.text.length; reader.at += 1) {
    const character = reader.text[reader.at] ?? '';
    if (character === '"') {
      reader.at += 1;
      break;
    }
    const next = reader.text[reader.at + 1];
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += next;
      reader.at += 1;
    } else value += character === '\t' ? ' ' : character;
  }
  return value;
}

function readBare(reader: Reader, depth: number): string {
  const end = depth > 0 ? /[\s)]/ : /\s/;
  const start = reader.at;
  while (reader.at < reader.text.length && !end.test(reader.text[reader.at] ?? '')) {
    if (reader.at > start && peeks(reader, '"')) break;
    if (depth === 0 && reader.at === start && peeks(reader, ')')) break;
    reader.at += 1;
  }
  return reader.text.slice(start, reader.at);
}

function readOr(reader: Reader): boolean {
  if (!/^OR(?=[\s()]|$)/.test(reader.text.slice(reader.at, reader.at + 3))) return false;
  reader.at += 2;
  return true;
}

function skipSpace(reader: Reader): void {
  while (reader.at < reader.text.length && /\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function peeks(reader: Reader, character: string): boolean {
  return reader.text[reader.at] === character;
}

const text =
  (field: SearchField) =>
  (value: string): SearchLeaf => ({ type: 'text', field, value });

/** What each operator makes of its value; null for one that makes no sense. */
const operators = {
  from: text('from'),
  to: text('to'),
  cc: text('cc'),
  subject: text('subject'),
  body: text('body'),
  list: text('list'),
  filename: (value: string): SearchLeaf => ({ type: 'filename', value }),
  in: (value: string): SearchLeaf => ({ type: 'in', mailbox: value }),
  label: (value: string): SearchLeaf => ({ type: 'label', label: value }),
  has: (value: string): SearchLeaf | null => (/^attachments?$/i.test(value) ? { type: 'has-attachment' } : null),
  is: (value: string): SearchLeaf | null => {
    const state = searchStates.find((one) => one === value.toLowerCase());
    return state ? { type: 'is', state } : null;
  },
  before: (value: string): SearchLeaf | null => dated('before', value),
  after: (value: string): SearchLeaf | null => dated('after', value),
  older_than: (value: string): SearchLeaf | null => aged('older-than', value),
  newer_than: (value: string): SearchLeaf | null => aged('newer-than', value),
  larger: (value: string): SearchLeaf | null => sized('larger', value),
  smaller: (value: string): SearchLeaf | null => sized('smaller', value),
};

type Operator = keyof typeof operators;

/** The operators' names, as they are typed before the colon. */
export const searchOperators = Object.keys(operators) as readonly Operator[]; // Its own keys and no others.

export function isOperator(name: string): name is Operator {
  return Object.hasOwn(operators, name);
}

function dated(type: 'before' | 'after', value: string): SearchLeaf | null {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(value);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  if (year === undefined || year < 1900 || date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day) return null;
  return { type, date: date.toISOString().slice(0, 10) };
}

function aged(type: 'older-than' | 'newer-than', value: string): SearchLeaf | null {
  const match = /^([1-9]\d{0,3})([hdwmy])$/i.exec(value);
  if (!match?.[1] || !match[2]) return null;
  return { type, amount: Number(match[1]), unit: match[2].toLowerCase() as AgeUnit }; // The pattern allows no other.
}

function sized(type: 'larger' | 'smaller', value: string): SearchLeaf | null {
  const match = /^(\d{1,12})(k|m|g)?b?$/i.exec(value);
  if (!match?.[1]) return null;
  const powers: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3 };
  const octets = Number(match[1]) * 1024 ** (powers[match[2]?.toLowerCase() ?? ''] ?? 0);
  return octets <= 0xffffffff ? { type, octets } : null;
}
