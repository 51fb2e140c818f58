import type { KeySet } from '#lib/mail/preferences.ts';
import type { Command } from './command.ts';

/** A command's keys in the set the person chose. Esc and what is pressed with Mod are no letters: they work in every set. */
export function keysOf({ keys, fastmailKeys }: Pick<Command, 'keys' | 'fastmailKeys'>, set: KeySet): readonly string[] {
  if (set === 'off') return keys.filter((key) => key === 'Escape' || key.startsWith('Mod+'));
  return set === 'fastmail' ? (fastmailKeys ?? keys) : keys;
}

/** Whether Mod is Cmd and not Ctrl. */
export function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}
