import type { Address } from '#lib/mail/address.ts';
import { writtenLabel } from '#lib/mail/label.ts';
import type { Label } from '#lib/mail/label.ts';
import { searchOperators } from '#lib/mail/parse-search.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { searchStates } from '#lib/mail/search-query.ts';
import type { SearchLeaf } from '#lib/mail/search-query.ts';

/** One line below the search field: `query` is the field's text once it is taken; `isWhole`: nothing is left to be typed. */
export interface Suggestion {
  kind: 'saved' | 'recent' | 'operator' | 'person' | 'mailbox' | 'label';
  label: string;
  query: string;
  isWhole: boolean;
}

export interface SuggestionSources {
  saved: readonly string[];
  recent: readonly string[];
  people: readonly Address[];
  mailboxes: readonly { path: string; name: string }[];
  labels: readonly Pick<Label, 'keyword' | 'name'>[];
}

const most = 8;
/** What stands there before anything is typed. */
const openers = ['from:', 'subject:', 'has:attachment', 'is:unread', 'is:starred', 'after:', 'larger:1m', 'in:'];

/** What may be meant by a text so far: of its last word, the rest stays as it is. */
export function suggest(text: string, sources: SuggestionSources): Suggestion[] {
  const { saved, recent } = sources;
  if (text.trim() === '') {
    const kept = [
      ...saved.map((query) => whole('saved', query)),
      ...recent.slice(0, 4).map((query) => whole('recent', query)),
    ];
    return [...kept, ...openers.map((name) => operator('', name))].slice(0, most);
  }
  const last = /(?:[^\s"]*"[^"]*|\S+)$/.exec(text)?.[0] ?? '';
  const head = text.slice(0, text.length - last.length);
  const sign = last.startsWith('-') ? '-' : '';
  const typed = last.slice(sign.length);
  const [, name = '', value = ''] = /^([a-z_]+):"?(.*)$/i.exec(typed) ?? [];
  const found =
    name === ''
      ? bareWord(typed, head + sign, sources)
      : ofOperator(name.toLowerCase(), value.toLowerCase(), head + sign, sources);
  const before = [...saved.map((query) => whole('saved', query)), ...recent.map((query) => whole('recent', query))];
  const begun = before.filter(({ query }) => query !== text && query.toLowerCase().startsWith(text.toLowerCase()));
  return [...begun.slice(0, 3), ...found].slice(0, most);
}

/** The letters of a name or address that the last word may be the beginning of; empty where it is anything else, or too short. */
export function typedPerson(text: string): string {
  const last = /(?:[^\s"]*"[^"]*|\S+)$/.exec(text)?.[0] ?? '';
  const [, letters = ''] = /^-?(?:(?:from|to|cc):"?)?([^:"]{2,})$/i.exec(last) ?? [];
  return letters;
}

function bareWord(typed: string, head: string, { people }: SuggestionSources): Suggestion[] {
  if (typed === '') return [];
  const word = typed.toLowerCase();
  const names = [
    ...searchOperators.map((name) => `${name}:`),
    'has:attachment',
    ...searchStates.map((state) => `is:${state}`),
  ];
  const operators = names.filter((name) => name.startsWith(word) && !['has:', 'is:'].includes(name));
  const known = word.length > 1 ? peopleLike(word, people).slice(0, 4) : [];
  return [
    ...operators.slice(0, 4).map((name) => operator(head, name)),
    ...known.map((one) => person(head, 'from', one)),
  ];
}

function ofOperator(
  name: string,
  value: string,
  head: string,
  { people, mailboxes, labels }: SuggestionSources,
): Suggestion[] {
  if (name === 'from' || name === 'to' || name === 'cc') {
    return peopleLike(value, people).map((one) => person(head, name, one));
  }
  if (name === 'in') {
    const like = mailboxes.filter(({ path, name: shown }) => includes(path, value) || includes(shown, value));
    return like.map(({ path, name: shown }) => ({
      kind: 'mailbox',
      label: shown,
      query: `${head}${printSearch({ type: 'in', mailbox: path })} `,
      isWhole: false,
    }));
  }
  if (name === 'label') {
    const like = labels.filter((label) => includes(label.name, value));
    return like.map((label) => ({
      kind: 'label',
      label: label.name,
      query: `${head}${printSearch({ type: 'label', label: writtenLabel(label) })} `,
      isWhole: false,
    }));
  }
  const values = name === 'is' ? searchStates : name === 'has' ? ['attachment'] : [];
  return values.filter((one) => one.startsWith(value) && one !== value).map((one) => operator(head, `${name}:${one}`));
}

function peopleLike(word: string, people: readonly Address[]): Address[] {
  return people.filter(({ name, address }) => includes(name ?? '', word) || includes(address, word));
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part);
}

function whole(kind: 'saved' | 'recent', query: string): Suggestion {
  return { kind, label: query, query, isWhole: true };
}

function operator(head: string, name: string): Suggestion {
  return { kind: 'operator', label: name, query: head + name + (name.endsWith(':') ? '' : ' '), isWhole: false };
}

function person(head: string, field: 'from' | 'to' | 'cc', { name, address }: Address): Suggestion {
  const leaf: SearchLeaf = { type: 'text', field, value: address };
  return {
    kind: 'person',
    label: name ? `${name} <${address}>` : address,
    query: `${head}${printSearch(leaf)} `,
    isWhole: false,
  };
}
