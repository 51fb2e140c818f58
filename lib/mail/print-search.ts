import { isOperator } from './parse-search.ts';
import type { SearchLeaf, SearchQuery, SearchTerm } from './search-query.ts';

/** Writes a query so that parseSearch reads the same value again. */
export function printSearch(query: SearchQuery): string {
  if (query.type === 'all') return '';
  return query.type === 'and' ? query.terms.map(printInside).join(' ') : printTerm(query);
}

function printTerm(term: SearchTerm): string {
  switch (term.type) {
    case 'and':
      return `(${term.terms.map(printInside).join(' ')})`;
    case 'or':
      return term.terms.map(printInside).join(' OR ');
    case 'not':
      return `-${printInside(term.term)}`;
    default:
      return printLeaf(term);
  }
}

function printInside(term: SearchTerm): string {
  return term.type === 'or' ? `(${printTerm(term)})` : printTerm(term);
}

function printLeaf(leaf: SearchLeaf): string {
  switch (leaf.type) {
    case 'text':
      return leaf.field === 'any' ? printWords(leaf.value) : `${leaf.field}:${printValue(leaf.value)}`;
    case 'is':
      return `is:${leaf.state}`;
    case 'has-attachment':
      return 'has:attachment';
    case 'filename':
      return `filename:${printValue(leaf.value)}`;
    case 'in':
      return `in:${printValue(leaf.mailbox)}`;
    case 'label':
      return `label:${printValue(leaf.label)}`;
    case 'before':
    case 'after':
      return `${leaf.type}:${leaf.date}`;
    case 'older-than':
      return `older_than:${leaf.amount}${leaf.unit}`;
    case 'newer-than':
      return `newer_than:${leaf.amount}${leaf.unit}`;
    case 'larger':
    case 'smaller':
      return `${leaf.type}:${printSize(leaf.octets)}`;
  }
}

function printWords(value: string): string {
  const [prefix] = value.split(':', 1);
  const looksLikeOperator = value.includes(':') && isOperator((prefix ?? '').toLowerCase());
  return looksLikeOperator || value === 'OR' || value.startsWith('-') ? quoted(value) : printValue(value);
}

function printValue(value: string): string {
  return /^[^\s"()]+$/.test(value) ? value : quoted(value);
}

function quoted(value: string): string {
  return `"${value.replace(/(["\\])/g, '\\$1')}"`;
}

function printSize(octets: number): string {
  const units = [
    ['g', 1024 ** 3],
    ['m', 1024 ** 2],
    ['k', 1024],
  ] as const;
  const [unit, size] = units.find((one) => octets > 0 && octets % one[1] === 0) ?? ['', 1];
  return `${octets / size}${unit}`;
}
