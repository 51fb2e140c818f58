import type { KeySet } from '#lib/mail/preferences.ts';
import type { Command } from './command.ts';

/** A command's keys in the set the person chose. Esc is no letter: it works in every set, also when they are off. */
export function keysOf({ keys, fastmailKeys }: Command, set: KeySet): readonly string[] {
  if (set === 'off') return keys.filter((key) => key === 'Escape');
  return set === 'fastmail' ? (fastmailKeys ?? keys) : keys;
}
