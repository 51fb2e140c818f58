import { useEffect, useState } from 'react';
import { mailFilter } from './load-filter.ts';
import type { MailFilter } from './load-filter.ts';

/** The filter for HTML mail; null until it is there. `onFail` is called when it cannot be loaded. */
export function useMailFilter(onFail: () => void): MailFilter | null {
  const [filter, setFilter] = useState(mailFilter.loaded);
  useEffect(() => {
    if (filter) return;
    let isHere = true;
    mailFilter.load().then(
      (module) => isHere && setFilter(module),
      () => isHere && onFail(),
    );
    return () => {
      isHere = false;
    };
  }, [filter, onFail]);
  return filter;
}
