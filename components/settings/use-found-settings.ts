import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { allSettings } from './all-settings.ts';
import { matchesWords } from '#lib/format/match-words.ts';
import type { Setting } from './setting.ts';
import { useSettingText } from './use-setting-text.ts';

/** The settings whose name, hint, choices or section hold the words; null while none are typed. */
export function useFoundSettings(wanted: string): readonly Setting[] | null {
  const t = useTranslations('settings');
  const text = useSettingText();
  return useMemo(() => {
    if (!wanted.trim()) return null;
    return allSettings.filter((setting) => {
      const options = setting.kind === 'choice' ? setting.options.map((option) => option.text) : [];
      const words = setting.kind === 'own' ? setting.words : options;
      const hint = setting.hint ? [t(setting.hint)] : [];
      return matchesWords(wanted, [t(setting.id), t(setting.section), ...hint, ...words.map(text)]);
    });
  }, [wanted, t, text]);
}
