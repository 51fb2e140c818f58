import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { OnOff } from './fields.tsx';
import { NotOnShared } from './not-on-shared.tsx';

/** The browser asks only after a click of the person, and only then. */
export function NotificationsField() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  const [isDenied, setDenied] = useState(false);
  const isPublic = useIsPublicComputer();
  async function choose(notifications: boolean): Promise<void> {
    const isKnown = typeof Notification !== 'undefined';
    const permission = notifications && isKnown ? await Notification.requestPermission() : 'granted';
    setDenied(notifications && (!isKnown || permission !== 'granted'));
    if (!notifications || (isKnown && permission === 'granted')) await set({ notifications });
  }
  if (isPublic) return <NotOnShared name={t('notify')} />;
  return (
    <OnOff
      label={t('notify')}
      hint={isDenied ? t('notifyDenied') : t('notifyHint')}
      value={preferences.notifications}
      onChange={choose}
    />
  );
}
