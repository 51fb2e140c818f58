import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { Choice, OnOff } from './fields.tsx';

const readAfter = { '0': 0, '2': 2, '5': 5, never: null } as const satisfies Record<
  string,
  Preferences['markReadAfter']
>;

type ReadAfter = keyof typeof readAfter;

export function ReadingSection() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  const { markReadAfter } = preferences;
  const chosen: ReadAfter = markReadAfter === null ? 'never' : (`${markReadAfter}` as const);
  return (
    <>
      <Choice
        label={t('markRead')}
        value={chosen}
        options={[
          ['0', t('markReadNow')],
          ['2', t('markReadSeconds', { seconds: 2 })],
          ['5', t('markReadSeconds', { seconds: 5 })],
          ['never', t('markReadNever')],
        ]}
        onChange={(value) => void set({ markReadAfter: readAfter[value] })}
      />
      <Choice
        label={t('body')}
        value={preferences.body}
        options={[
          ['html', t('bodyHtml')],
          ['plain', t('bodyPlain')],
        ]}
        onChange={(body) => void set({ body })}
      />
      <OnOff
        label={t('darkMail')}
        hint={t('darkMailHint')}
        value={preferences.darkMail}
        onChange={(darkMail) => void set({ darkMail })}
      />
    </>
  );
}

export function AppearanceSection() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  return (
    <>
      <Choice
        label={t('theme')}
        value={preferences.theme}
        options={[
          ['system', t('themeSystem')],
          ['light', t('themeLight')],
          ['dark', t('themeDark')],
        ]}
        onChange={(theme) => void set({ theme })}
      />
      <Choice
        label={t('density')}
        value={preferences.density}
        options={[
          ['comfortable', t('densityComfortable')],
          ['compact', t('densityCompact')],
        ]}
        onChange={(density) => void set({ density })}
      />
      <Choice
        label={t('language')}
        value={preferences.language}
        options={[
          ['system', t('languageSystem')],
          ['en', 'English'],
          ['de', 'Deutsch'],
          ['ar', 'العربية'],
        ]}
        hint={t('languageHint')}
        onChange={(language) => void set({ language })}
      />
    </>
  );
}

export function NotificationsSection() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  const [isDenied, setDenied] = useState(false);
  async function choose(notifications: boolean): Promise<void> {
    // The browser asks only after a click of the person, and only then.
    const isKnown = typeof Notification !== 'undefined';
    const permission = notifications && isKnown ? await Notification.requestPermission() : 'granted';
    setDenied(notifications && (!isKnown || permission !== 'granted'));
    if (!notifications || (isKnown && permission === 'granted')) await set({ notifications });
  }
  return (
    <OnOff
      label={t('notify')}
      hint={isDenied ? t('notifyDenied') : t('notifyHint')}
      value={preferences.notifications}
      onChange={(value) => void choose(value)}
    />
  );
}

export function KeyboardSection() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  return (
    <Choice
      label={t('keySet')}
      value={preferences.keySet}
      options={[
        ['gmail', t('keySetGmail')],
        ['fastmail', t('keySetFastmail')],
        ['off', t('keySetOff')],
      ]}
      hint={t('keySetHint')}
      onChange={(keySet) => void set({ keySet })}
    />
  );
}
