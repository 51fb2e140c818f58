import { searchScopes, searchSorts } from '#lib/mail/search-query.ts';
import type { SearchScope, SearchSort } from '#lib/mail/search-query.ts';

/** A search as it stands in the address: what was typed, and where from the open mailbox on is looked. */
export interface MailSearch {
  /** Empty: everything, in another order. */
  q: string;
  scope: SearchScope;
  /** Null: by arrival, newest first. */
  sort: SearchSort | null;
}

/** What tells one search from another, and from any mailbox: no path holds a NUL. */
export function searchPlace(mailbox: string, { q, scope, sort }: MailSearch): string {
  return `\0${scope}\0${sort ?? ''}\0${mailbox}\0${q}`;
}

/** On a shared computer: searches by the number that stands for them in the address. They go with the page. */
const unwritten: MailSearch[] = [];
let isWritten = true;

/** On a shared computer no query stays behind in an address. Called before the first search is opened. */
export function keepSearchesOutOfAddress(isPublicComputer: boolean): void {
  isWritten = !isPublicComputer;
}

/** Whether searches may be remembered at all. */
export function areSearchesKept(): boolean {
  return isWritten;
}

/** The search as parameters of an address. */
export function searchParameters(search: MailSearch): URLSearchParams {
  if (!isWritten) return new URLSearchParams({ search: `${unwritten.push(search)}` });
  const { q, scope, sort } = search;
  return new URLSearchParams({ q, ...(scope === 'mailbox' ? {} : { scope }), ...(sort ? { sort } : {}) });
}

/** Reads a search from an address; null where there is none. */
export function parseMailSearch(parameters: URLSearchParams): MailSearch | null {
  const number = parameters.get('search');
  if (number !== null) return unwritten[Number(number) - 1] ?? null;
  const q = parameters.get('q') ?? '';
  const sort = searchSorts.find((one) => one === parameters.get('sort')) ?? null;
  if (q.trim() === '' && !sort) return null;
  return { q, scope: searchScopes.find((scope) => scope === parameters.get('scope')) ?? 'mailbox', sort };
}
