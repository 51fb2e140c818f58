import { useTranslations } from 'use-intl';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { PreferencesChange } from '#lib/mail/preferences.ts';
import { Choice, OnOff } from './fields.tsx';
import type { Setting } from './setting.ts';
import { useSettingText } from './use-setting-text.ts';

/** One setting, drawn after its kind. What is chosen holds at once. */
export function SettingField({ setting }: { setting: Setting }) {
  const t = useTranslations('settings');
  const text = useSettingText();
  const { preferences, set } = usePreferences();
  const common = { label: t(setting.id), ...(setting.hint ? { hint: t(setting.hint) } : {}) };
  async function choose(change: PreferencesChange): Promise<void> {
    await set(change);
    if (setting.reloads) window.location.reload();
  }
  switch (setting.kind) {
    case 'choice':
      return (
        <Choice
          {...common}
          value={`${setting.options.findIndex((option) => option.isChosen(preferences))}`}
          options={setting.options.map((option, index) => [`${index}`, text(option.text)])}
          onChange={(index) => choose(setting.options[Number(index)]?.change ?? {})}
        />
      );
    case 'on-off':
      return <OnOff {...common} value={setting.isOn(preferences)} onChange={(isOn) => choose(setting.change(isOn))} />;
    case 'own':
      return <setting.Field />;
  }
}
