import { useTranslations } from 'use-intl';
import type { MailErrorCode } from '#lib/errors.ts';

/** Leads from a full account to what takes its space, behind the sentence that says so; nothing for any other error. */
export function MakeRoom({ code, isWriting = false }: { code: MailErrorCode | null; isWriting?: boolean }) {
  const t = useTranslations('errors');
  if (code !== 'over-quota') return null;
  // Another tab: what is being written stays where it is.
  const aside = isWriting ? { target: '_blank', rel: 'noopener' } : {};
  return (
    <>
      {' '}
      <a href="/settings/storage" className="underline" {...aside}>
        {t('makeRoom')}
      </a>
    </>
  );
}
