import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { savePreferences } from '#server/actions/save-preferences.ts';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import type { Preferences, PreferencesChange } from '#lib/mail/preferences.ts';
import { callAction } from './call-action.ts';
import { accountOfPage } from './fetch-json.ts';
import { keys } from './keys.ts';
import { showToast } from './toasts.ts';

/** Saves under way: until they are answered, what the feed tells may be older than what was chosen here. */
let saving = 0;

/** What the person chose. A choice holds at once and is kept a moment later; one that cannot be kept is taken back with words. */
export function usePreferences() {
  const client = useQueryClient();
  const t = useTranslations('errors');
  const { data } = useQuery<Preferences>({ queryKey: keys.preferences, enabled: false });
  const preferences = data ?? defaultPreferences;
  async function set(change: PreferencesChange): Promise<void> {
    const before = client.getQueryData<Preferences>(keys.preferences) ?? defaultPreferences;
    client.setQueryData(keys.preferences, { ...before, ...change });
    saving += 1;
    const result = await callAction(savePreferences(change, accountOfPage()));
    saving -= 1;
    if (result.ok) return takePreferences(client, result.value);
    const now = client.getQueryData<Preferences>(keys.preferences) ?? before;
    const names = Object.keys(change) as (keyof Preferences)[]; // The schema's own names.
    client.setQueryData(keys.preferences, { ...now, ...Object.fromEntries(names.map((name) => [name, before[name]])) });
    showToast({ kind: 'error', text: t('changeFailed', { reason: t(result.error.code) }) });
  }
  return { preferences, set };
}

/** Takes over what the server holds, also when another device chose it. */
export function takePreferences(client: QueryClient, preferences: Preferences): void {
  if (saving === 0) client.setQueryData(keys.preferences, preferences);
}
