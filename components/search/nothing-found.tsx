import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { openSearch } from '#lib/client/location.ts';

/** Said once everything was looked at, with the way on: everywhere; or a shorter time, where there is too much to sort. */
export function NothingFound({ name }: { name: string }) {
  const t = useTranslations('search');
  const { mailbox, search, list } = useMailContext();
  if (search?.phase === 'failed' && list.error?.code === 'too-many-to-sort') {
    const { q, scope, sort } = search;
    return (
      <div className="flex justify-center gap-3">
        {(['1m', '1y'] as const).map((age) => (
          <Button key={age} onClick={() => openSearch(mailbox, { q: `${q} newer_than:${age}`.trim(), scope, sort })}>
            {t(age === '1m' ? 'lastMonth' : 'lastYear')}
          </Button>
        ))}
      </div>
    );
  }
  if (search?.phase !== 'done' || list.messages > 0) return null;
  const isEverywhere = search.scope === 'all';
  return (
    <div className="flex flex-col items-center gap-3 p-8 text-center text-list text-muted">
      <p>{isEverywhere ? t('nothingAnywhere') : t('nothing', { name })}</p>
      {isEverywhere ? null : (
        <Button onClick={() => openSearch(mailbox, { q: search.q, scope: 'all', sort: null })}>{t('searchAll')}</Button>
      )}
    </div>
  );
}
