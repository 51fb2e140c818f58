import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { bringLasting, loadOnce } from '#components/ui/load-once.ts';
import { lookForUpdate } from '#lib/client/updated.ts';

/**
 * As lazyPart, for what a page may begin with: the server draws it, and it stands there as that until its code has come. What
 * React.lazy waits for never fails.
 */
export function lazyField(bring: () => Promise<ComponentType>): ComponentType {
  const loader = loadOnce(bring);
  const Field = lazy(async () => ({ default: await bringLasting(loader, () => void lookForUpdate()) }));
  return function LazyField() {
    return (
      <Suspense fallback={<PartWaits />}>
        <Field />
      </Suspense>
    );
  };
}
