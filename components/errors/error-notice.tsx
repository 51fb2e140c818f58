import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import type { MailErrorValue } from '#lib/errors.ts';

/** The sentence for a code; the catalogue's type holds one for every code there is. */
export function useErrorText(): (error: MailErrorValue) => string {
  const t = useTranslations('errors');
  return (error) => {
    const wait = error.retryAfter === undefined ? '' : ` ${t('waitSeconds', { seconds: error.retryAfter })}`;
    const reference = error.reference ? ` ${t('reference', { reference: error.reference })}` : '';
    return t(error.code) + wait + reference;
  };
}

/** Says what happened and what to do, in the place of what could not be shown. */
export function ErrorNotice({ error, onRetry }: { error: MailErrorValue; onRetry?: () => void }) {
  const t = useTranslations('errors');
  const text = useErrorText();
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-[420px] flex-col items-center gap-3 p-8 text-center text-list text-muted"
    >
      <p className="leading-normal">{text(error)}</p>
      {error.code === 'not-signed-in' || error.code === 'other-account' ? (
        <a className="text-accent underline" href="/login">
          {t('signInAgain')}
        </a>
      ) : error.code === 'over-quota' ? (
        <a className="text-accent underline" href="/settings/storage">
          {t('makeRoom')}
        </a>
      ) : onRetry && error.retryable ? (
        <Button onClick={onRetry}>{t('retry')}</Button>
      ) : null}
    </div>
  );
}
