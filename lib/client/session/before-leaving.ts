/** What is still to be handed over before somebody signs out, such as the last words of a draft. */
const works = new Set<() => Promise<unknown>>();

/** Longer nobody is kept from leaving. Milliseconds. */
const longest = 3_000;

/** Registers work that signing out waits for; the returned function takes it back. */
export function beforeLeaving(work: () => Promise<unknown>): () => void {
  works.add(work);
  return () => void works.delete(work);
}

/** Does what is left to do, for at most three seconds; what fails or takes longer keeps nobody here. */
export async function finishBeforeLeaving(): Promise<void> {
  if (works.size === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, longest)));
  await Promise.race([late, Promise.allSettled([...works].map((work) => work()))]);
  clearTimeout(timer);
}
