import 'server-only';
import { singleton } from '#server/singleton.ts';

const tails = singleton('one-at-a-time', () => new Map<string, Promise<void>>());

/** Runs what has the same name in this process one after the other, in the order it was asked for. */
export async function oneAtATime<T>(name: string, run: () => Promise<T>): Promise<T> {
  const before = tails.get(name) ?? Promise.resolve();
  const { promise: mine, resolve: release } = Promise.withResolvers<void>();
  const tail = before.then(() => mine);
  tails.set(name, tail);
  try {
    await before;
    return await run();
  } finally {
    release();
    if (tails.get(name) === tail) tails.delete(name);
  }
}
