import type { ComponentType } from 'react';
import type { Messages } from '#lib/i18n/messages.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import type { Section } from './sections.ts';

/** A text of the catalogue's `settings`, or a word that is the same in every language ("Deutsch"). */
export type SettingText = keyof Messages['settings'] | { asIs: string };

/** One thing a person can choose. `id` is its name in the catalogue and its anchor in the address: /settings/reading#markRead. */
export type Setting = {
  id: keyof Messages['settings'];
  section: Section;
  hint?: keyof Messages['settings'];
  /** What the server draws: the page is loaded again. */
  reloads?: boolean;
} & (
  | { kind: 'choice'; options: readonly Option[] }
  | { kind: 'on-off'; isOn(preferences: Preferences): boolean; change(isOn: boolean): Partial<Preferences> }
  /** Draws itself; `words` are what the search finds it by besides its name. */
  | { kind: 'own'; Field: ComponentType; words: readonly SettingText[] }
);

export interface Option {
  text: SettingText;
  isChosen(preferences: Preferences): boolean;
  change: Partial<Preferences>;
}

type Head = Pick<Setting, 'id' | 'section' | 'hint' | 'reloads'>;

/** A preference with a few values, each with its text. */
export function choice<K extends keyof Preferences>(
  preference: K,
  head: Head,
  options: readonly (readonly [Preferences[K], SettingText])[],
): Setting {
  return {
    ...head,
    kind: 'choice',
    options: options.map(([value, text]) => ({
      text,
      isChosen: (preferences) => preferences[preference] === value,
      change: { [preference]: value },
    })),
  };
}

type OnOffPreference = { [K in keyof Preferences]: Preferences[K] extends boolean ? K : never }[keyof Preferences];

/** A preference that is on or off. */
export function onOff(preference: OnOffPreference, head: Head): Setting {
  return {
    ...head,
    kind: 'on-off',
    isOn: (preferences) => preferences[preference],
    change: (isOn) => ({ [preference]: isOn }),
  };
}

/** A setting that needs a form of its own. */
export function own(Field: ComponentType, head: Head, words: readonly SettingText[] = []): Setting {
  return { ...head, kind: 'own', Field, words };
}
