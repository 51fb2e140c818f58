import type { PaletteEntry } from './palette-entry.ts';
import { fuzzyScore } from './fuzzy-score.ts';

/** More would not be looked through. */
const maxShown = 60;

/** A use counts for little beside a better match, and decides between equals. */
const scoreOfUse = 3;

/**
 * What answers to the words, best first, what is used most often before its equals. Without words: everything, most used first, and then in
 * the order it came. `uses` are counts by entry.
 */
export function rankEntries(
  entries: readonly PaletteEntry[],
  wanted: string,
  uses: ReadonlyMap<string, number>,
): PaletteEntry[] {
  const scored = entries.flatMap((entry) => {
    const own = fuzzyScore(wanted, entry.text);
    const withDetail = entry.detail ? fuzzyScore(wanted, `${entry.text} ${entry.detail}`) : null;
    const score = Math.max(own ?? -Infinity, (withDetail ?? -Infinity) - 5);
    return score === -Infinity ? [] : [{ entry, score: score + scoreOfUse * (uses.get(entry.id) ?? 0) }];
  });
  const sorted = scored.sort((one, other) => other.score - one.score).map(({ entry }) => entry);
  return wanted.trim() ? sorted.slice(0, maxShown) : sorted;
}
