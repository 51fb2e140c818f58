import { makeStore, useStore } from '../external-store.ts';
import { noActs, pendingMailboxChanges } from './act-state.ts';
import type { ActState } from './act-state.ts';

/** The person's acts on this page, as act-state.ts says. act-runner.ts writes it; tasks (bulk) and told facts (frames.ts) only its log. */
export const acts = makeStore<ActState>(noActs);

export function useActState(): ActState {
  return useStore(acts, noActs);
}

/** Resolves once no change of mailboxes waits to be sent or answered: what is asked for beside the queue may need what it makes. */
export function mailboxChangesDone(): Promise<void> {
  const isDone = () => pendingMailboxChanges(acts.get().items).length === 0;
  if (isDone()) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = acts.subscribe(() => {
    if (!isDone()) return;
    stop();
    resolve();
  });
  return promise;
}
