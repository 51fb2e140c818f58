import type { Preferences } from './preferences.ts';

/** Choices of folding that are remembered. */
export const maxFolds = 200;

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  markReadAfter: 0,
  body: 'html',
  darkMail: true,
  keySet: 'gmail',
  notifications: false,
  unfolded: [],
};
