import type { Task } from './task.ts';

/** In a file of its own: the browser needs it, and not the schemas. */
export function isEnded({ state }: Pick<Task, 'state'>): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
