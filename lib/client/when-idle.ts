/** Runs work between two frames, so that no keystroke waits for it, and at the latest after so many milliseconds. */
export function whenIdle(work: () => void, latest: number): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: latest });
  else work();
}
