import type { Label } from '#lib/mail/label.ts';
import { writtenLabel } from '#lib/mail/label.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { openSearch } from '#lib/client/location.ts';
import { parseMailPath } from '#lib/client/mail-path.ts';

/** Shows what has a label: in the open mailbox, or as far as the search that is open reaches. */
export function filterByLabel(label: Pick<Label, 'keyword' | 'name'>): void {
  const { mailbox, search } = parseMailPath(window.location.pathname + window.location.search);
  if (mailbox === null) return;
  const q = printSearch({ type: 'label', label: writtenLabel(label) });
  openSearch(mailbox, { q, scope: search?.scope ?? 'mailbox', sort: search?.sort ?? null });
}
