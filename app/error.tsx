'use client';

import { useTranslations } from 'use-intl';
import { PlainPage } from '#components/shell/plain-page.tsx';
import { Button } from '#components/ui/button.tsx';

/** A page that failed to draw: says what is safe and offers to load it again, and nothing of the error itself. */
export default function ErrorPage() {
  const t = useTranslations('common');
  return (
    <PlainPage title={t('crashTitle')}>
      <p className="mb-4 text-muted">{t('crashText')}</p>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </PlainPage>
  );
}
