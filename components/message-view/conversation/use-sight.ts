import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Read before it is seen. */
const ahead = '600px';

/**
 * Whether something was near enough to be seen that it should be read, and whether its beginning or enough of it was in sight; both once
 * and for all.
 */
export function useSight(
  element: RefObject<HTMLElement | null>,
  root: RefObject<HTMLElement | null>,
  isWatched: boolean,
): { isNear: boolean; isSeen: boolean } {
  const [isNear, setNear] = useState(false);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (!watched || !isWatched) return;
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      root: root.current,
      rootMargin: ahead,
    });
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { root: root.current });
    near.observe(watched);
    seen.observe(watched);
    return () => {
      near.disconnect();
      seen.disconnect();
    };
  }, [element, root, isWatched]);
  return { isNear, isSeen };
}
