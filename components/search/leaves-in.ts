import { parseSearch } from '#lib/mail/parse-search.ts';
import { leavesOf } from '#lib/mail/search-query.ts';
import type { SearchLeaf } from '#lib/mail/search-query.ts';

/** Everything a text looks for; nothing where it cannot be understood. */
export function leavesIn(q: string): SearchLeaf[] {
  const parsed = parseSearch(q);
  return parsed.ok ? leavesOf(parsed.query) : [];
}
