/**
 * What a person looks for, as a value: the query language is parsed into it (parse-search.ts) and it is printed back
 * (print-search.ts). In normal form: lists have two members or more and hold no list of their own kind, `not` no `not`.
 */
export type SearchQuery = { type: 'all' } | SearchTerm;

export type SearchTerm =
  | { type: 'and'; terms: SearchTerm[] }
  | { type: 'or'; terms: SearchTerm[] }
  | { type: 'not'; term: SearchTerm }
  | SearchLeaf;

/** One thing to look for. Texts are found anywhere in their field, in any case; a text of several words as it stands. */
export type SearchLeaf =
  | { type: 'text'; field: SearchField; value: string }
  | { type: 'is'; state: SearchState }
  | { type: 'has-attachment' }
  | { type: 'filename'; value: string }
  /** A mailbox by its path, its last name or its role, as the person wrote it. */
  | { type: 'in'; mailbox: string }
  | { type: 'label'; label: string }
  /** Days of INTERNALDATE, `YYYY-MM-DD`: before excludes the day, after includes it (RFC 9051 section 6.4.4). */
  | { type: 'before'; date: string }
  | { type: 'after'; date: string }
  | { type: 'older-than'; amount: number; unit: AgeUnit }
  | { type: 'newer-than'; amount: number; unit: AgeUnit }
  | { type: 'larger'; octets: number }
  | { type: 'smaller'; octets: number };

/** `any`: header or body; `list`: the List-Id field (RFC 2919). */
export type SearchField = 'any' | 'from' | 'to' | 'cc' | 'subject' | 'body' | 'list';

export const searchStates = ['unread', 'read', 'starred', 'unstarred', 'answered', 'unanswered', 'draft'] as const;
export type SearchState = (typeof searchStates)[number];

/** Hours, days, weeks, months, years. */
export type AgeUnit = 'h' | 'd' | 'w' | 'm' | 'y';

/** Where is looked: this mailbox, it and those inside it, or all. */
export const searchScopes = ['mailbox', 'children', 'all'] as const;
export type SearchScope = (typeof searchScopes)[number];

/** What results may be sorted by besides their arrival. */
export const searchSorts = ['date', 'from', 'subject', 'size'] as const;
export type SearchSort = (typeof searchSorts)[number];

/** Characters of a query as typed, and things it may look for. */
export const maxQueryLength = 1_000;
export const maxTerms = 50;
export const maxDepth = 20;

/** Terms that hold together, flattened; null for none. */
export function together(type: 'and' | 'or', terms: readonly SearchTerm[]): SearchTerm | null {
  const flat = terms.flatMap((term) => (term.type === type ? term.terms : [term]));
  const [first] = flat;
  if (!first) return null;
  return flat.length === 1 ? first : { type, terms: flat };
}

export function negated(term: SearchTerm): SearchTerm {
  return term.type === 'not' ? term.term : { type: 'not', term };
}

/** Every leaf, in the order of the query. */
export function leavesOf(query: SearchQuery): SearchLeaf[] {
  switch (query.type) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return query.terms.flatMap(leavesOf);
    case 'not':
      return leavesOf(query.term);
    default:
      return [query];
  }
}

/**
 * The query with some leaves decided, as far down as that settles it: true matches everything, false nothing. `decide`
 * answers null for a leaf that stays.
 */
export function decided(query: SearchQuery, decide: (leaf: SearchLeaf) => boolean | null): SearchTerm | boolean {
  switch (query.type) {
    case 'all':
      return true;
    case 'not': {
      const term = decided(query.term, decide);
      return typeof term === 'boolean' ? !term : negated(term);
    }
    case 'and':
    case 'or': {
      const settles = query.type === 'or';
      const terms = query.terms.map((term) => decided(term, decide));
      if (terms.includes(settles)) return settles;
      return (
        together(
          query.type,
          terms.filter((term) => typeof term !== 'boolean'),
        ) ?? !settles
      );
    }
    default:
      return decide(query) ?? query;
  }
}
