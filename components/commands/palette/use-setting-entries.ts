import { Settings } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { allSettings } from '#components/settings/all-settings.ts';
import { sections } from '#components/settings/sections.ts';
import type { Setting } from '#components/settings/setting.ts';
import { useSettingText } from '#components/settings/use-setting-text.ts';
import { goToPage } from '#lib/client/layers.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** The sections and every single setting; a setting of a few choices has one entry for each that is not chosen yet. */
export function useSettingEntries(): PaletteEntry[] {
  const t = useTranslations('settings');
  const text = useSettingText();
  const { preferences, set } = usePreferences();
  const entry = (id: string, name: string, detail: string, run: () => void): PaletteEntry => ({
    id: `setting ${id}`,
    group: 'settings',
    icon: Settings,
    text: name,
    detail,
    run,
  });
  const goTo = (address: string) => () => goToPage(address);
  const toEntries = (setting: Setting): PaletteEntry[] => {
    const { id, section } = setting;
    if (setting.kind !== 'choice' || setting.reloads) {
      return [entry(id, t(id), t(section), goTo(`/settings/${section}#${id}`))];
    }
    return setting.options.flatMap((option, index) =>
      option.isChosen(preferences)
        ? []
        : [entry(`${id} ${index}`, `${t(id)}: ${text(option.text)}`, t(section), () => void set(option.change))],
    );
  };
  return [
    ...sections.map((section) => entry(section, t(section), t('title'), goTo(`/settings/${section}`))),
    ...allSettings.flatMap(toEntries),
  ];
}
