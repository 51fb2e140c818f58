import type { Address } from '../mail/address.ts';
import { visibleText } from './visible-text.ts';

/** A person's name as shown: the given one, else the part before the @, else the whole; never empty. */
export function displayName({ name, address }: Address): string {
  const given = visibleText(name ?? '').trim();
  return given || visibleText(address).trim() || '?';
}

/** One or two letters for a tile. */
export function initials(address: Address): string {
  const words = displayName(address)
    .replace(/["'()<>[\]]/g, '')
    .split(/[\s.@_-]+/)
    .filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

/** A number from 0 to 5 that is always the same for the same address: which quiet tint the tile has. */
export function tintOf(address: string): number {
  let sum = 0;
  for (const letter of address.toLowerCase()) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 6;
}
