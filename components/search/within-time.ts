import { parseSearch } from '#lib/mail/parse-search.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { together } from '#lib/mail/search-query.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';

const times: readonly SearchTerm['type'][] = ['before', 'after', 'older-than', 'newer-than'];

/** The same search within another time: what it says of time by itself is replaced. */
export function withinTime(q: string, ...within: SearchLeaf[]): string {
  const parsed = parseSearch(q);
  const query = parsed.ok ? parsed.query : null;
  const terms: readonly SearchTerm[] =
    !query || query.type === 'all' ? [] : query.type === 'and' ? query.terms : [query];
  const rest = terms.filter(({ type }) => !times.includes(type));
  return printSearch(together('and', [...rest, ...within]) ?? { type: 'all' });
}
