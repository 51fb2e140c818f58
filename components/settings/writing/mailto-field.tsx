import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { NotOnShared } from '../not-on-shared.tsx';

/** Lets the browser open mail addresses of the web here (RFC 6068); it asks the person itself. */
export function MailtoField() {
  const t = useTranslations('settings');
  const [isAsked, setAsked] = useState(false);
  const isPublic = useIsPublicComputer();
  function register(): void {
    navigator.registerProtocolHandler('mailto', `${window.location.origin}/compose?mailto=%s`);
    setAsked(true);
  }
  if (isPublic) return <NotOnShared name={t('mailto')} />;
  return (
    <div className="mb-7">
      <h2 className="mb-1 text-list font-semibold">{t('mailto')}</h2>
      <p className="mb-2 text-meta leading-normal text-muted">{t('mailtoHint')}</p>
      <Button onClick={register}>{t('mailtoRegister')}</Button>
      <p role="status" className="mt-2 text-meta text-muted">
        {isAsked ? t('mailtoAsked') : ''}
      </p>
    </div>
  );
}
