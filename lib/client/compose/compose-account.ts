import { makeStore, useStore } from '#lib/client/external-store.ts';
import { browserKeeper, nowhere } from './kept-drafts.ts';
import type { DraftKeeper } from './kept-drafts.ts';

/** Whose drafts this tab writes, and where it keeps them meanwhile. */
export interface ComposeAccount {
  address: string;
  isPublicComputer: boolean;
  keeper: DraftKeeper;
}

const account = makeStore<ComposeAccount | null>(null);

export function setComposeAccount(address: string, isPublicComputer: boolean): void {
  const before = account.get();
  if (before?.address === address && before.isPublicComputer === isPublicComputer) return;
  account.set({ address, isPublicComputer, keeper: isPublicComputer ? nowhere : browserKeeper(address) });
}

export function useComposeAccount(): ComposeAccount | null {
  return useStore(account, null);
}
