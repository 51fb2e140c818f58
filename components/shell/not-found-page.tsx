'use client';

import { useTranslations } from 'use-intl';
import { PlainPage } from './plain-page.tsx';

export function NotFoundPage() {
  const t = useTranslations('common');
  return (
    <PlainPage title={t('notFoundTitle')}>
      <p className="mb-4 text-muted">{t('notFoundText')}</p>
      <a className="text-accent underline" href="/">
        {t('toInbox')}
      </a>
    </PlainPage>
  );
}
