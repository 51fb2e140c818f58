import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { closeSearch, openSearch } from '#lib/client/location.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import { searchSorts, together } from '#lib/mail/search-query.ts';
import type { SearchLeaf, SearchSort, SearchTerm } from '#lib/mail/search-query.ts';

const filters: readonly { name: 'unread' | 'starred' | 'attachments'; leaf: SearchLeaf }[] = [
  { name: 'unread', leaf: { type: 'is', state: 'unread' } },
  { name: 'starred', leaf: { type: 'is', state: 'starred' } },
  { name: 'attachments', leaf: { type: 'has-attachment' } },
];

/** What is shown of a mailbox or of results: a pressed filter is one more term of the search, and can be typed as well. */
export function FilterChips({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslations('search');
  const { mailbox, search } = useMailContext();
  const parsed = parseSearch(search?.q ?? '');
  const query = parsed.ok ? parsed.query : null;
  if (!query) return null;
  const terms: readonly SearchTerm[] = query.type === 'and' ? query.terms : query.type === 'all' ? [] : [query];

  function go(q: string, sort: SearchSort | null): void {
    onChoose?.();
    if (q === '' && !sort) closeSearch();
    else openSearch(mailbox, { q, scope: search?.scope ?? 'mailbox', sort });
  }

  function toggle(leaf: SearchLeaf, isOn: boolean): void {
    const rest = terms.filter((term) => !isSame(term, leaf));
    const next = together('and', isOn ? rest : [...rest, leaf]);
    go(next ? printSearch(next) : '', search?.sort ?? null);
  }

  return (
    <div role="group" aria-label={t('filters')} className="flex flex-wrap gap-1.5">
      {filters.map(({ name, leaf }) => {
        const isOn = terms.some((term) => isSame(term, leaf));
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isOn}
            className={`h-6 rounded-full border px-2.5 text-small pointer-coarse:h-11 pointer-coarse:px-4 ${isOn ? 'border-accent bg-selected text-ink' : 'border-line-strong/40 text-muted hover:bg-hover hover:text-ink'}`}
            onClick={() => toggle(leaf, isOn)}
          >
            {t(name)}
          </button>
        );
      })}
      <select
        aria-label={t('sort')}
        value={search?.sort ?? 'arrival'}
        className="ms-auto h-6 max-w-32 rounded-md border border-line-strong/40 bg-surface px-1 text-small text-ink pointer-coarse:h-11"
        onChange={({ target }) => go(search?.q ?? '', searchSorts.find((one) => one === target.value) ?? null)}
      >
        {(['arrival', ...searchSorts] as const).map((one) => (
          <option key={one} value={one}>
            {t(`sort-${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function isSame(term: SearchTerm, leaf: SearchLeaf): boolean {
  return JSON.stringify(term) === JSON.stringify(leaf);
}
