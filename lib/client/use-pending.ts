import { useMemo } from 'react';
import { pendingChanges } from './acts/act-state.ts';
import { useActState } from './acts/act-store.ts';
import type { Pending } from './pending.ts';

/** The changes under way, oldest first. */
export function usePending(): Pending {
  const { items, departed } = useActState();
  return useMemo(() => ({ changes: pendingChanges(items), departed }), [items, departed]);
}
