'use client';

import { useTranslations } from 'use-intl';
import { PlainPage } from '#components/shell/plain-page.tsx';

/** `target` is an http address proven to come from this session's mail, or null. */
export function LeavePage({ target }: { target: string | null }) {
  const t = useTranslations('body');
  if (!target) return <PlainPage title={t('leaveTitle')}>{t('leaveBad')}</PlainPage>;
  const { host } = new URL(target);
  return (
    <PlainPage title={t('leaveTitle')}>
      <p className="text-muted">{t('leaveText')}</p>
      <p dir="ltr" className="my-4 rounded-md border border-line bg-surface p-3 font-mono text-meta break-all">
        {target}
      </p>
      <p className="mb-4 text-muted">{t('leaveBack')}</p>
      <a className="text-accent underline" href={target} rel="noopener noreferrer nofollow">
        {t('leaveGo', { host })}
      </a>
    </PlainPage>
  );
}
