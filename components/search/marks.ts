import type { MailboxRole } from '#lib/mail/mailbox.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { SearchField, SearchQuery } from '#lib/mail/search-query.ts';

/** What a row shows, each with the texts to be marked in it. */
export interface Marks {
  from: readonly string[];
  /** Instead of `from` where the row shows whom a message went to. */
  to: readonly string[];
  subject: readonly string[];
  preview: readonly string[];
}

const none: readonly string[] = [];
export const noMarks: Marks = { from: none, to: none, subject: none, preview: none };

/** The texts a query looks for, each where it was looked for; none of what must not be there. */
export function marksOf(q: string): Marks {
  const parsed = parseSearch(q);
  if (!parsed.ok) return noMarks;
  const texts = textsOf(parsed.query);
  const of = (...fields: SearchField[]) => [
    ...new Set(texts.filter(({ field }) => fields.includes(field)).map(({ value }) => value)),
  ];
  return {
    from: of('any', 'from'),
    to: of('any', 'to', 'cc'),
    subject: of('any', 'subject'),
    preview: of('any', 'body'),
  };
}

/** Whom a row names: who wrote, and of what one sent oneself whom to. */
export function whoMarks(marks: Marks, role: MailboxRole | null): readonly string[] {
  return role === 'sent' || role === 'drafts' ? marks.to : marks.from;
}

function textsOf(query: SearchQuery): { field: SearchField; value: string }[] {
  if (query.type === 'and' || query.type === 'or') return query.terms.flatMap(textsOf);
  return query.type === 'text' ? [{ field: query.field, value: query.value.trim() }] : [];
}
