import { useMemo } from 'react';
import { pendingChanges } from './act-state.ts';
import { useActState } from './act-store.ts';
import { useBulks } from '#lib/client/bulk/bulk-store.ts';
import type { Pending } from './pending.ts';

/** The changes under way, oldest first. */
export function usePending(): Pending {
  const { items, departed } = useActState();
  const bulks = useBulks();
  return useMemo(() => ({ changes: pendingChanges(items), departed, bulks }), [items, departed, bulks]);
}
