import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Pixels the finger goes until letting go refreshes; the list follows at half its way. */
const enough = 130;

/**
 * Pulling the list down at its top asks for what is new. Answers how far it is pulled, from 0 to 1 and a little more; null when it is not.
 * The listeners are passive: scrolling never waits for them.
 */
export function usePullRefresh(scroller: RefObject<HTMLElement | null>, refresh: () => void): number | null {
  const [pulled, setPulled] = useState<number | null>(null);
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh; // Another one may come while the finger is on its way.
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let start: number | null = null;
    let way = 0;
    const stop = () => {
      start = null;
      way = 0;
      setPulled(null);
    };
    const onStart = ({ touches: [touch, second] }: TouchEvent) => {
      start = touch && !second && element.scrollTop <= 0 ? touch.clientY : null;
    };
    const onMove = ({ touches: [touch] }: TouchEvent) => {
      if (start === null || !touch) return;
      way = element.scrollTop <= 0 ? touch.clientY - start : 0;
      setPulled(way > 8 ? Math.min(1.3, way / enough) : null);
    };
    const onEnd = () => {
      if (way >= enough) latest.current();
      stop();
    };
    const passive = { passive: true };
    element.addEventListener('touchstart', onStart, passive);
    element.addEventListener('touchmove', onMove, passive);
    element.addEventListener('touchend', onEnd);
    element.addEventListener('touchcancel', stop);
    return () => {
      element.removeEventListener('touchstart', onStart);
      element.removeEventListener('touchmove', onMove);
      element.removeEventListener('touchend', onEnd);
      element.removeEventListener('touchcancel', stop);
    };
  }, [scroller]);
  return pulled;
}
