import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Room for the button that holds what does not fit, as wide as an icon button with its gap. CSS pixels. */
const moreWidth = 48;

/**
 * How many of a row's first children have room in it, when a button for the rest stands behind them. Who draws them lays the others
 * out absolutely, so that they keep their width and take no place. A row that is not shown counts all.
 */
export function useFitting(total: number): { row: RefObject<HTMLDivElement | null>; fitting: number } {
  const row = useRef<HTMLDivElement>(null);
  const [fitting, setFitting] = useState(total);
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return;
    const measure = () => setFitting(countFitting(element, total));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [total]);
  return { row, fitting };
}

function countFitting(row: HTMLElement, total: number): number {
  const room = row.clientWidth;
  if (room === 0) return total;
  const gap = parseFloat(getComputedStyle(row).columnGap) || 0;
  let used = -gap;
  let withMore = 0;
  for (let index = 0; index < total; index += 1) {
    used += gap + (row.children[index]?.getBoundingClientRect().width ?? 0);
    if (used + moreWidth <= room) withMore = index + 1;
  }
  return used <= room ? total : withMore;
}
