import { Bookmark, BookmarkCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { openSearch } from '#lib/client/location.ts';
import { areSearchesKept } from '#lib/client/search/mail-search.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { maxKeptSearches } from '#lib/mail/default-preferences.ts';
import { searchScopes } from '#lib/mail/search-query.ts';
import type { SearchScope } from '#lib/mail/search-query.ts';
import { FilterChips } from './filter-chips.tsx';

/** How far the search is, where it looks, and what narrows it. */
export function ResultsBar() {
  const t = useTranslations('search');
  const nameOf = useMailboxName();
  const { mailbox, mailboxes, search, list } = useMailContext();
  const { preferences, set } = usePreferences();
  if (!search) return null;
  const { phase, looked, q, scope, sort, failed } = search;
  const count = list.messages;
  // Said in the list's place, with the way on: trying again would come to the same.
  const isUnsortable = list.error?.code === 'too-many-to-sort';
  const share = looked && looked.of > 0 ? Math.floor((looked.messages / looked.of) * 100) : null;
  const isSaved = preferences.savedSearches.includes(q);
  const hasChildren = mailboxes.some(({ parent }) => parent === mailbox);
  const scopes = searchScopes.filter((one) => one !== 'children' || hasChildren || scope === one);

  function toggleSaved(): void {
    const others = preferences.savedSearches.filter((one) => one !== q);
    void set({ savedSearches: isSaved ? others : [q, ...others].slice(0, maxKeptSearches.saved) });
  }

  return (
    <div className="flex shrink-0 flex-col gap-1 border-b border-line bg-canvas px-3 py-1.5 text-small">
      <div className="flex min-h-7 items-center gap-2">
        <p role="status" className="min-w-0 flex-1 truncate text-muted tabular-nums">
          {phase === 'searching' ? (
            <>
              {share === null ? t('searching') : t('progress', { share })} {t('soFar', { count })}
            </>
          ) : isUnsortable ? null : (
            t(phase === 'done' ? 'results' : phase === 'stopped' ? 'stopped' : 'broken', { count })
          )}
        </p>
        {phase === 'searching' ? <Button onClick={search.stop}>{t('stop')}</Button> : null}
        {phase === 'stopped' || (phase === 'failed' && !isUnsortable) ? (
          <Button onClick={search.restart}>{t('again')}</Button>
        ) : null}
        <select
          aria-label={t('where')}
          value={scope}
          className="h-7 max-w-36 rounded-md border border-line-strong/40 bg-surface px-1.5 text-small text-ink pointer-coarse:h-11"
          onChange={({ target }) => openSearch(mailbox, { q, scope: target.value as SearchScope, sort })} // Its options are scopes.
        >
          {scopes.map((one) => (
            <option key={one} value={one}>
              {t(`scope-${one}`)}
            </option>
          ))}
        </select>
        {areSearchesKept() && q !== '' ? (
          <IconButton
            icon={isSaved ? BookmarkCheck : Bookmark}
            label={t(isSaved ? 'forget' : 'save')}
            aria-pressed={isSaved}
            className="-me-1.5 size-7!"
            onClick={toggleSaved}
          />
        ) : null}
      </div>
      <FilterChips />
      {failed.length > 0 ? (
        <p role="alert" className="text-danger">
          {t('failed', { names: failed.map((one) => namesOf(one.mailbox)).join(', ') })}
        </p>
      ) : null}
    </div>
  );

  function namesOf(path: string): string {
    const known = mailboxes.find((one) => one.path === path);
    return known ? nameOf(known) : path;
  }
}
