import 'server-only';

/** Keeps the greatest of any number of things, in bounded memory. */
export interface TopList<T> {
  add(one: T): void;
  /** Whether something of this size would be kept. */
  wants(size: number): boolean;
  /** The greatest first. */
  sorted(): T[];
}

export function makeTopList<T>(most: number, sizeOf: (one: T) => number): TopList<T> {
  let kept: T[] = [];
  let least = -1;
  const trim = () => {
    kept = kept.sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, most);
    const last = kept[most - 1];
    least = last === undefined ? -1 : sizeOf(last);
  };
  return {
    wants: (size) => size > least,
    add(one) {
      if (sizeOf(one) <= least) return;
      kept.push(one);
      // Sorted once in a while: cheaper than keeping an order at every step.
      if (kept.length >= most * 4) trim();
    },
    sorted() {
      trim();
      return [...kept];
    },
  };
}
