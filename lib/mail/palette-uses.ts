import { maxUses } from './default-preferences.ts';

/** How often entries of the palette were chosen, the latest last. */
export type PaletteUses = [id: string, count: number][];

/** Counts one more; the one not used longest is forgotten when there are too many. */
export function countUse(uses: Readonly<PaletteUses>, id: string): PaletteUses {
  const before = uses.find(([used]) => used === id)?.[1] ?? 0;
  const others = uses.filter(([used]) => used !== id);
  return [...others, [id, Math.min(999, before + 1)] satisfies PaletteUses[number]].slice(-maxUses);
}
