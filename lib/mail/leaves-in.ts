import { parseSearch } from './parse-search.ts';
import { leavesOf } from './search-query.ts';
import type { SearchLeaf } from './search-query.ts';

/** Everything a text looks for; nothing where it cannot be understood. */
export function leavesIn(q: string): SearchLeaf[] {
  const parsed = parseSearch(q);
  return parsed.ok ? leavesOf(parsed.query) : [];
}
