/**
 * Where rows stand in a scroller that may be taller than a browser can make an element (Chromium stops at 33 million pixels, Firefox at
 * 17.8 million). Up to `maxSpacer` everything is native. Above it the scroll bar spans the whole list in proportion, while
 * scrolling by wheel, finger or key moves the rows pixel by pixel: `base` is what the native position lacks.
 *
 * All in CSS pixels; rows count from 0.
 */
export interface RowMetrics {
  rows: number;
  rowHeight: number;
  viewport: number;
}

export const maxSpacer = 8_000_000;

/** Pixels that one event of a wheel or a finger moves at most. */
const longestNotch = 300;

/** Rows drawn beyond the visible ones on either side. */
const overscan = 8;

function contentHeight({ rows, rowHeight }: RowMetrics): number {
  return rows * rowHeight;
}

export function spacerHeight(metrics: RowMetrics): number {
  return Math.min(contentHeight(metrics), maxSpacer);
}

/** How far the content can be scrolled. */
export function maxOffset(metrics: RowMetrics): number {
  return Math.max(0, contentHeight(metrics) - metrics.viewport);
}

function maxScroll(metrics: RowMetrics): number {
  return Math.max(0, spacerHeight(metrics) - metrics.viewport);
}

/** The content's offset that a native scroll position stands for. */
export function toOffset(scrollTop: number, metrics: RowMetrics): number {
  const most = maxScroll(metrics);
  if (contentHeight(metrics) <= maxSpacer || most === 0) return clamp(scrollTop, metrics);
  return clamp((scrollTop / most) * maxOffset(metrics), metrics);
}

/** The native scroll position that stands for an offset. */
export function toScroll(offset: number, metrics: RowMetrics): number {
  const most = maxOffset(metrics);
  if (contentHeight(metrics) <= maxSpacer || most === 0) return clamp(offset, metrics);
  return (clamp(offset, metrics) / most) * maxScroll(metrics);
}

/**
 * The offset after the native position moved from `before` to `after`. Small moves are the wheel, a finger or a key and
 * count pixel by pixel; a leap is the scroll bar, and the two ends are the ends.
 */
export function moved(offset: number, before: number, after: number, metrics: RowMetrics): number {
  const step = Math.abs(after - before);
  // A notch of the wheel that meets the bar's end is still a notch; a longer way to it is a hand that wants the end.
  const isEnd = step > longestNotch && (after <= 0 || after >= Math.floor(maxScroll(metrics)));
  const isLeap = step > metrics.viewport * 2;
  if (contentHeight(metrics) <= maxSpacer || isEnd || isLeap) return toOffset(after, metrics);
  return clamp(offset + after - before, metrics);
}

/** First and last row to draw, inclusive; `last < first` when there are none. */
export function visibleRows(offset: number, metrics: RowMetrics, extra = overscan): { first: number; last: number } {
  const first = Math.floor(offset / metrics.rowHeight) - extra;
  const last = Math.ceil((offset + metrics.viewport) / metrics.rowHeight) - 1 + extra;
  return { first: Math.max(0, first), last: Math.min(metrics.rows - 1, last) };
}

/** The offset that brings a row into sight with the least movement. */
export function reveal(row: number, offset: number, metrics: RowMetrics): number {
  const top = row * metrics.rowHeight;
  if (top < offset) return clamp(top, metrics);
  const bottom = top + metrics.rowHeight;
  return bottom > offset + metrics.viewport ? clamp(bottom - metrics.viewport, metrics) : offset;
}

function clamp(offset: number, metrics: RowMetrics): number {
  return Math.min(Math.max(0, offset), maxOffset(metrics));
}
