import { Fragment } from 'react';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { SearchQuery } from '#lib/mail/search-query.ts';

/** The texts a query looks for, to be marked where a row shows them; none of what must not be there. */
export function marksOf(q: string): string[] {
  const parsed = parseSearch(q);
  return parsed.ok ? [...new Set(textsOf(parsed.query))] : [];
}

function textsOf(query: SearchQuery): string[] {
  if (query.type === 'and' || query.type === 'or') return query.terms.flatMap(textsOf);
  return query.type === 'text' && query.field !== 'list' ? [query.value.trim()] : [];
}

/** A text with what was looked for marked in it. */
export function Marked({ text, marks }: { text: string; marks: readonly string[] }) {
  if (marks.length === 0) return text;
  const pattern = new RegExp(`(${marks.map((mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return text.split(pattern).map((piece, index) =>
    index % 2 === 1 ? (
      <mark
        key={index}
        className="rounded-sm bg-mark text-inherit forced-colors:bg-[Mark] forced-colors:text-[MarkText]"
      >
        {piece}
      </mark>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
}
