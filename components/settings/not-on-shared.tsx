import { useTranslations } from 'use-intl';

/** A setting that the browser itself would keep, where nothing may stay. */
export function NotOnShared({ name }: { name: string }) {
  const t = useTranslations('settings');
  return (
    <div className="mb-7">
      <h2 className="mb-1 text-list font-semibold">{name}</h2>
      <p className="text-meta leading-normal text-muted">{t('notOnShared')}</p>
    </div>
  );
}
