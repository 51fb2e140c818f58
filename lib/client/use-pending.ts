import { useMemo } from 'react';
import { pendingChanges } from './acts/act-state.ts';
import { useActState } from './acts/act-store.ts';
import { useBulks } from './bulk/bulk-store.ts';
import type { Pending } from './pending.ts';

/** The changes under way, oldest first. */
export function usePending(): Pending {
  const { items, departed } = useActState();
  const bulks = useBulks();
  return useMemo(() => ({ changes: pendingChanges(items), departed, bulks }), [items, departed, bulks]);
}
