import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { singleton } from './singleton.ts';

type Run = <T>(work: () => T) => T;

/** Remembers what it is like outside of any request: to be called once at the start. */
export function rememberOutside(): void {
  outside();
}

/**
 * Begins work that outlives the request it is begun in, as if nobody had asked for it: sockets, timers and promises
 * keep the async context they were made in, and with Next's that is the request, its response and what compressed it,
 * for as long as they live.
 */
export function runOutside<T>(work: () => T): T {
  return outside()(work);
}

function outside(): Run {
  return singleton('outside-requests', (): Run => AsyncLocalStorage.snapshot());
}
