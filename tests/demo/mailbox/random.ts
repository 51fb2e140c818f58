export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  shuffle<T>(list: readonly T[]): T[];
}

/** Mulberry32: the same seed gives the same mailbox on every machine. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const below = (count: number) => Math.floor(next() * count);
  const between = (least: number, most: number) => least + below(most - least + 1);
  function pick<T>(list: readonly T[]): T {
    const index = between(0, list.length - 1);
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[index] as T; // The index is inside the list.
  }
  return {
    next,
    below,
    between,
    pick,
    chance: (probability) => next() < probability,
    shuffle<T>(list: readonly T[]): T[] {
      const rest = [...list];
      const mixed: T[] = [];
      while (rest.length > 0) mixed.push(...rest.splice(between(0, rest.length - 1), 1));
      return mixed;
    },
  };
}
