import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { openSearch } from '#lib/client/location.ts';
import type { MailSearch } from '#lib/client/search/mail-search.ts';
import type { SearchLeaf } from '#lib/mail/search-query.ts';
import { withinTime } from './within-time.ts';

const ages = [
  ['lastMonth', 'm'],
  ['lastYear', 'y'],
] as const;

/** Where there is too much to sort: the times people often mean, or any. */
export function ShorterTime({ search: { q, scope, sort } }: { search: MailSearch }) {
  const t = useTranslations('search');
  const { mailbox } = useMailContext();
  const go = (...within: SearchLeaf[]) => openSearch(mailbox, { q: withinTime(q, ...within), scope, sort });

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const within = (['after', 'before'] as const).flatMap((type): SearchLeaf[] => {
      const date = form.get(type);
      return typeof date === 'string' && date ? [{ type, date }] : [];
    });
    if (within.length > 0) go(...within);
  }

  return (
    <form onSubmit={onSubmit} className="mx-auto flex max-w-[420px] flex-col gap-4 px-8 pb-8">
      <div className="flex justify-center gap-3">
        {ages.map(([name, unit]) => (
          <Button key={name} onClick={() => go({ type: 'newer-than', amount: 1, unit })}>
            {t(name)}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap items-end justify-center gap-3">
        {(['after', 'before'] as const).map((name) => (
          <label key={name} className="text-meta font-medium">
            {t(name)}
            <input
              name={name}
              type="date"
              autoComplete="off"
              className="mt-1 block h-9 rounded-md border border-line-strong bg-surface px-2.5 text-list text-ink pointer-coarse:h-11"
            />
          </label>
        ))}
        <Button type="submit">{t('sortThese')}</Button>
      </div>
    </form>
  );
}
