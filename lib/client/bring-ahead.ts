import { whenIdle } from './when-idle.ts';

/** Milliseconds after which it is brought though the page never rests. */
const latestMs = 2_000;

/**
 * Brings code that may be wanted later, when nothing else is to be done: without a line not before it is back. What fails is
 * brought by whoever wants it.
 */
export function bringAhead(bring: () => Promise<unknown>, signal: AbortSignal): void {
  const start = () =>
    whenIdle(() => {
      if (signal.aborted) return;
      if (navigator.onLine) bring().catch(() => {});
      else window.addEventListener('online', start, { once: true, signal });
    }, latestMs);
  start();
}
