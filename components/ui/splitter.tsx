import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

const step = 16;

/** The line between two panes: dragged, or moved by the arrow keys (ARIA's window splitter). Widths in CSS pixels. */
export function Splitter({
  label,
  value,
  min,
  max,
  onChange,
  onSettle,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (width: number) => void;
  /** The width stands: the hand or the key was let go. */
  onSettle: () => void;
}) {
  const start = useRef<{ x: number; value: number } | null>(null);
  const set = (width: number) => onChange(Math.round(Math.min(max, Math.max(min, width))));
  // In a right-to-left page the pane grows towards the left.
  const sign = (element: Element) => (getComputedStyle(element).direction === 'rtl' ? -1 : 1);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, value };
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (start.current) set(start.current.value + (event.clientX - start.current.x) * sign(event.currentTarget));
  }

  function onRelease(): void {
    if (!start.current) return;
    start.current = null;
    onSettle();
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const towards = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (towards) set(value + towards * step * sign(event.currentTarget));
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
  }

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className="relative z-10 w-px cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-inset-x-1 hover:bg-accent focus-visible:bg-accent focus-visible:outline-offset-0"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
      onKeyDown={onKeyDown}
      onKeyUp={onSettle}
    />
  );
}
