/** Pixels a finger goes before it is clear what it wants. */
const undecided = 10;

/** Part of the row's width from which on letting go carries the swipe out; and never more pixels than a thumb reaches easily. */
const share = 0.3;
const farEnough = 120;

export type Direction = 'right' | 'left';

/** Whether a finger draws the row aside, scrolls the list, or has not told yet. Pixels from where it went down. */
export function intentOf(dx: number, dy: number): 'swipe' | 'scroll' | null {
  if (Math.hypot(dx, dy) < undecided) return null;
  return Math.abs(dx) > Math.abs(dy) * 1.2 ? 'swipe' : 'scroll';
}

/** How far the row follows: all the way up to the threshold, with growing resistance after it; a direction without an act hardly moves. */
export function followed(dx: number, width: number, hasAct: boolean): number {
  const threshold = thresholdOf(width);
  const way = Math.abs(dx);
  if (!hasAct) return Math.sign(dx) * Math.min(16, way / 6);
  return Math.sign(dx) * (way <= threshold ? way : threshold + (way - threshold) * 0.6);
}

/** Where the finger let go means it: going back below the threshold takes the swipe back. */
export function isCarriedOut(dx: number, width: number): boolean {
  return Math.abs(dx) >= thresholdOf(width);
}

function thresholdOf(width: number): number {
  return Math.min(farEnough, width * share);
}
