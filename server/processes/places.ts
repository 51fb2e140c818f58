import 'server-only';
import { deletePlaceRow, takePlaceRow } from '#server/store/process-rows.ts';
import { livingProcesses, ownProcess } from './links.ts';

/**
 * Takes one of `most` places of a name, which all server processes on the store share; null when none is free. The
 * function gives it back.
 */
export function takePlace(name: string, most: number): (() => void) | null {
  const id = takePlaceRow(name, most, ownProcess(), livingProcesses());
  return id === null ? null : () => giveBack(() => deletePlaceRow(id));
}

/** While the store cannot be written to what is given back would stay taken: it is tried again. Milliseconds. */
const againAfterMs = 5_000;

export function giveBack(remove: () => void): void {
  try {
    remove();
  } catch {
    setTimeout(() => giveBack(remove), againAfterMs).unref();
  }
}
