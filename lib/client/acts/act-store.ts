import { makeStore, useStore } from '#lib/client/external-store.ts';
import { noActs } from './act-state.ts';
import type { ActState } from './act-state.ts';

/** The person's acts on this page, as act-state.ts says. act-runner.ts writes it; tasks (bulk) and told facts (frames.ts) only its log. */
export const acts = makeStore<ActState>(noActs);

export function useActState(): ActState {
  return useStore(acts, noActs);
}
