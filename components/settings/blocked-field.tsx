import { useTranslations } from 'use-intl';
import { useBlocking } from '#lib/client/use-blocking.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { AddressList } from './address-list.tsx';

/** Whom the person blocked, and the way back. */
export function BlockedField() {
  const t = useTranslations('settings');
  const { unblock } = useBlocking();
  const { blockedSenders } = usePreferences().preferences;
  return (
    <AddressList
      title={t('blocked')}
      hint={t('blockedHint')}
      none={t('blockedNone')}
      addresses={blockedSenders.map(({ address }) => address)}
      remove={t('unblock')}
      onRemove={unblock}
    />
  );
}
