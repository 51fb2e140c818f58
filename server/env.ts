import 'server-only';
import { readSettings } from './read-settings.ts';
import type { Settings } from './read-settings.ts';
import { singleton } from './singleton.ts';

/** The administrator's settings, read from the environment at run time, once. The only reader of process.env. */
export function env(): Settings {
  return singleton('settings', () => Object.freeze(readSettings(process.env)));
}
