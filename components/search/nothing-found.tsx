import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { openSearch } from '#lib/client/location.ts';
import { leavesIn } from '#lib/mail/leaves-in.ts';
import { ShorterTime } from './shorter-time.tsx';

/** Said once everything was looked at, with the way on: everywhere; or a shorter time, where there is too much to sort. */
export function NothingFound({ name }: { name: string }) {
  const t = useTranslations('search');
  const { mailbox, search, list } = useMailContext();
  if (search?.phase === 'failed' && list.error?.code === 'too-many-to-sort') return <ShorterTime search={search} />;
  if (search?.phase !== 'done' || list.messages > 0) return null;
  const { q, scope, sort } = search;
  const isPlaced = leavesIn(q).some(({ type }) => type === 'in');
  if (scope === 'all' || isPlaced) {
    return (
      <div className="flex flex-col items-center gap-3 p-8 text-center text-list text-muted">
        <p>
          {t('nothingAnywhere')} {isPlaced ? null : t('withoutTrash')}
        </p>
        {isPlaced ? null : (
          <Button onClick={() => openSearch(mailbox, { q: `(${q}) in:anywhere`, scope, sort })}>
            {t('withTrash')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className="flex flex-col items-center gap-3 p-8 text-center text-list text-muted">
      <p>{t('nothing', { name })}</p>
      <Button onClick={() => openSearch(mailbox, { q, scope: 'all', sort })}>{t('searchAll')}</Button>
    </div>
  );
}
