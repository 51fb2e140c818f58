import { parseSearch } from '#lib/mail/parse-search.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { together } from '#lib/mail/search-query.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';

/** The fields of the form by their names, as they are written in it. */
export type FormFields = Partial<Record<string, string>>;

export const formTexts = ['from', 'to', 'subject'] as const;
export const formSizes = [
  ['1m', 1024 ** 2],
  ['5m', 5 * 1024 ** 2],
  ['20m', 20 * 1024 ** 2],
] as const;

/** A query as fields. What has none of its own stands among the words, as it is typed: nothing is lost by looking at the form. */
export function readFields(text: string): FormFields {
  const parsed = parseSearch(text);
  if (!parsed.ok || parsed.query.type === 'all') return {};
  const fields: FormFields = {};
  const words: string[] = [];
  const without: string[] = [];
  for (const term of parsed.query.type === 'and' ? parsed.query.terms : [parsed.query]) {
    const field = fieldOf(term);
    if (field && fields[field[0]] === undefined) fields[field[0]] = field[1];
    else if (term.type === 'not' && term.term.type === 'text' && term.term.field === 'any') {
      without.push(printSearch(term.term));
    } else words.push(term.type === 'or' ? `(${printSearch(term)})` : printSearch(term));
  }
  if (words.length > 0) fields.words = words.join(' ');
  if (without.length > 0) fields.without = without.join(' ');
  return fields;
}

function fieldOf(term: SearchTerm): [string, string] | null {
  switch (term.type) {
    case 'text':
      return formTexts.some((one) => one === term.field) ? [term.field, term.value] : null;
    case 'filename':
      return ['filename', term.value];
    case 'after':
    case 'before':
      return [term.type, term.date];
    case 'larger': {
      const size = formSizes.find(([, octets]) => octets === term.octets);
      return size ? ['larger', size[0]] : null;
    }
    case 'is':
      return term.state === 'unread' || term.state === 'starred' ? [term.state, 'on'] : null;
    case 'has-attachment':
      return ['attachments', 'on'];
    default:
      return null;
  }
}

/** The query that fields say. */
export function writeFields(fields: FormFields): string {
  const value = (name: string) => fields[name]?.trim() ?? '';
  const terms: SearchTerm[] = [];
  for (const field of formTexts) if (value(field)) terms.push({ type: 'text', field, value: value(field) });
  terms.push(...words(value('words')));
  for (const word of words(value('without'))) terms.push({ type: 'not', term: word });
  if (value('filename')) terms.push({ type: 'filename', value: value('filename') });
  for (const type of ['after', 'before'] as const) if (value(type)) terms.push({ type, date: value(type) });
  const size = formSizes.find(([name]) => name === value('larger'));
  if (size) terms.push({ type: 'larger', octets: size[1] });
  for (const state of ['unread', 'starred'] as const) if (value(state)) terms.push({ type: 'is', state });
  if (value('attachments')) terms.push({ type: 'has-attachment' });
  const all = together('and', terms);
  return all ? printSearch(all) : '';
}

/** Words and "phrases"; operators are read too, for who knows them. */
function words(text: string): SearchTerm[] {
  const parsed = parseSearch(text);
  if (!parsed.ok) return text ? [{ type: 'text', field: 'any', value: text } satisfies SearchLeaf] : [];
  if (parsed.query.type === 'all') return [];
  return parsed.query.type === 'and' ? parsed.query.terms : [parsed.query];
}
