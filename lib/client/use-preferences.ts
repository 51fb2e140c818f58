import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { savePreferences } from '#server/actions/save-preferences.ts';
import { defaultPreferences } from '../mail/default-preferences.ts';
import type { Preferences } from '../mail/preferences.ts';
import { keys } from './keys.ts';
import { showToast } from './toasts.ts';

/** What the person chose. A choice holds at once and is kept a moment later; one that cannot be kept is taken back with words. */
export function usePreferences() {
  const client = useQueryClient();
  const t = useTranslations('errors');
  const { data } = useQuery<Preferences>({ queryKey: keys.preferences, enabled: false });
  const preferences = data ?? defaultPreferences;
  async function set(chosen: Partial<Preferences>): Promise<void> {
    const before = client.getQueryData<Preferences>(keys.preferences) ?? defaultPreferences;
    const wanted = { ...before, ...chosen };
    client.setQueryData(keys.preferences, wanted);
    const result = await savePreferences(wanted).catch(() => null);
    if (result?.ok) return;
    client.setQueryData(keys.preferences, before);
    showToast({ kind: 'error', text: t('changeFailed', { reason: t(result?.error.code ?? 'server-unreachable') }) });
  }
  return { preferences, set };
}
