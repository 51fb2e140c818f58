import { useTranslations } from 'use-intl';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { AddressList } from './address-list.tsx';

/** Whose pictures are loaded without asking, and the way back. */
export function PicturesField() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  const { picturesFrom } = preferences;
  return (
    <AddressList
      title={t('pictures')}
      hint={t('picturesHint')}
      none={t('picturesNone')}
      addresses={picturesFrom}
      remove={t('picturesRemove')}
      onRemove={(address) => void set({ picturesFrom: picturesFrom.filter((one) => one !== address) })}
    />
  );
}
