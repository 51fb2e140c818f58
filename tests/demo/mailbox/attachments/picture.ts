import { jpeg } from './jpeg.ts';
import { landscape } from './landscape.ts';
import { png } from './png.ts';

const drawn = new Map<string, Buffer>();

/** A landscape as PNG; drawn once per seed and size. */
export function picture(seed: number, width = 640, height = 400): Buffer {
  return once(`png ${seed} ${width} ${height}`, () => png(landscape(seed, width, height)));
}

/** A landscape as JPEG, as a camera would send it. */
export function photo(seed: number, width = 960, height = 640): Buffer {
  return once(`jpeg ${seed} ${width} ${height}`, () => jpeg(landscape(seed, width, height)));
}

function once(key: string, make: () => Buffer): Buffer {
  const before = drawn.get(key);
  if (before) return before;
  const made = make();
  drawn.set(key, made);
  return made;
}
