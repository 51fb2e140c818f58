/** What is still to be handed over before somebody signs out, such as the last words of a draft. */
const works = new Set<() => Promise<boolean>>();

/** Longer nobody is kept from leaving. Milliseconds. */
const longest = 3_000;

/**
 * Registers work that signing out waits for, and that answers whether it is done; the returned function takes it back.
 */
export function beforeLeaving(work: () => Promise<boolean>): () => void {
  works.add(work);
  return () => void works.delete(work);
}

/** Does what is left to do, for at most three seconds; answers whether all of it was done. */
export async function finishBeforeLeaving(): Promise<boolean> {
  if (works.size === 0) return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), longest)));
  const done = await Promise.race([late, Promise.allSettled([...works].map((work) => work()))]);
  clearTimeout(timer);
  return done?.every((one) => one.status === 'fulfilled' && one.value) ?? false;
}
