import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { moved, reveal, spacerHeight, toScroll, visibleRows } from './row-window.ts';
import type { RowMetrics } from './row-window.ts';

const heights = { comfortable: 54, compact: 34, compactTouch: 44 };
/** Drawn on the server, where nobody knows the window's height: enough for a tall screen. */
const firstRows = 50;
const settleMs = 120;

const top = { offset: 0, scrollTop: 0 };

/** Places kept while other mailboxes are looked at. */
const places = new Map<string, number>();

/** How the last list was drawn: the next one stands in the same pane, and is then drawn right at once. */
const last = { viewport: 0, rowHeight: 0 };

/** Which rows of a scroller are drawn and where, at any length of list. */
export function useRowWindow(mailbox: string, rows: number, density: 'comfortable' | 'compact') {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [viewport, setViewport] = useState(last.viewport);
  const [rowHeight, setRowHeight] = useState(last.rowHeight || heights[density]);
  const [position, setPosition] = useState(() => placeOf(mailbox, { rows, rowHeight, viewport }));
  const place = useRef(position);
  /** A new list stands at its top: to ask where would lay it out. */
  const isFresh = useRef(true);
  const settleTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const metrics: RowMetrics = { rows, rowHeight, viewport };
  const latest = useRef(metrics);
  useLayoutEffect(() => {
    latest.current = metrics;
    Object.assign(last, { viewport, rowHeight });
  });

  const scrollToOffset = useCallback((wanted: number) => {
    const element = scroller.current;
    if (!element) return;
    const scrollTop = toScroll(wanted, latest.current);
    element.scrollTop = scrollTop;
    const { offset, scrollTop: stood } = place.current;
    if (offset === wanted && stood === element.scrollTop) return;
    place.current = { offset: wanted, scrollTop: element.scrollTop };
    setPosition(place.current);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const touch = window.matchMedia('(pointer: coarse)').matches;
    setRowHeight(density === 'compact' && touch ? heights.compactTouch : heights[density]);
    const measure = () => setViewport(element.clientHeight);
    if (last.viewport === 0) measure(); // Else the observer tells before the frame is painted, and nothing is laid out twice.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [density]);

  // Coming back to a mailbox is coming back to the place in it.
  const isMeasured = viewport > 0 && rows > 0;
  useLayoutEffect(() => {
    if (!isMeasured) return;
    const wanted = places.get(mailbox) ?? 0;
    if (wanted > 0 || !isFresh.current) scrollToOffset(wanted);
    isFresh.current = false;
    return () => {
      places.set(mailbox, place.current.offset);
    };
  }, [mailbox, isMeasured, scrollToOffset]);

  useEffect(() => () => clearTimeout(settleTimer.current), []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { offset: before, scrollTop } = place.current;
    if (element.scrollTop === scrollTop) return;
    const next = moved(before, scrollTop, element.scrollTop, latest.current);
    place.current = { offset: next, scrollTop: element.scrollTop };
    setPosition(place.current);
    clearTimeout(settleTimer.current);
    // When the hand rests, the bar is put where the content is; the rows are placed against it and do not move.
    settleTimer.current = setTimeout(() => scrollToOffset(place.current.offset), settleMs);
  }, [scrollToOffset]);

  const revealRow = useCallback(
    (row: number) => {
      const wanted = reveal(row, place.current.offset, latest.current);
      if (wanted !== place.current.offset) scrollToOffset(wanted);
    },
    [scrollToOffset],
  );

  const drawn = isMeasured ? visibleRows(position.offset, metrics) : { first: 0, last: Math.min(rows, firstRows) - 1 };
  return {
    scroller,
    onScroll,
    rowHeight,
    viewport,
    drawn,
    shown: isMeasured ? visibleRows(position.offset, metrics, 0) : drawn,
    spacer: spacerHeight(metrics),
    /** Where a row stands inside the spacer. */
    topOf: (row: number) => row * rowHeight - position.offset + position.scrollTop,
    scrollToOffset,
    revealRow,
    currentOffset: () => place.current.offset,
  };
}

/** Where somebody was in a mailbox; its beginning where nothing is known yet. */
function placeOf(mailbox: string, metrics: RowMetrics) {
  const offset = metrics.viewport > 0 && metrics.rows > 0 ? (places.get(mailbox) ?? 0) : 0;
  return offset === 0 ? top : { offset, scrollTop: toScroll(offset, metrics) };
}
