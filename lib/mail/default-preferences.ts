import type { Preferences } from './preferences.ts';

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  markReadAfter: 0,
  body: 'html',
  darkMail: true,
  shortcuts: true,
  notifications: false,
};
