import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

const step = 16;

const keySteps: Record<'across' | 'down', Partial<Record<string, 1 | -1>>> = {
  across: { ArrowRight: 1, ArrowLeft: -1 },
  down: { ArrowDown: 1, ArrowUp: -1 },
};

/** The line between two panes: dragged, or moved by the arrow keys (ARIA's window splitter). Sizes in CSS pixels. */
export function Splitter({
  label,
  moves = 'across',
  value,
  limits: [min, max],
  onChange,
  onSettle,
}: {
  label: string;
  /** Across: between panes side by side; down: between one above the other. */
  moves?: 'across' | 'down';
  value: number;
  limits: readonly [number, number];
  onChange: (size: number) => void;
  /** The size stands: the hand or the key was let go. */
  onSettle: () => void;
}) {
  const start = useRef<{ at: number; value: number } | null>(null);
  const set = (size: number) => onChange(Math.round(Math.min(max, Math.max(min, size))));
  const isDown = moves === 'down';
  // In a right-to-left page the pane grows towards the left.
  const sign = (element: Element) => (!isDown && getComputedStyle(element).direction === 'rtl' ? -1 : 1);
  const place = ({ clientX, clientY }: PointerEvent) => (isDown ? clientY : clientX);

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: place(event), value };
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (start.current) set(start.current.value + (place(event) - start.current.at) * sign(event.currentTarget));
  }

  function onRelease(): void {
    if (!start.current) return;
    start.current = null;
    onSettle();
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const towards = keySteps[isDown ? 'down' : 'across'][event.key];
    if (towards) set(value + towards * step * sign(event.currentTarget));
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
  }

  return (
    <div
      role="separator"
      aria-orientation={isDown ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={`relative z-10 touch-none bg-line before:absolute hover:bg-accent focus-visible:bg-accent focus-visible:outline-offset-0 ${isDown ? 'h-px cursor-row-resize before:inset-x-0 before:-inset-y-1 pointer-coarse:before:-inset-y-3' : 'h-full w-px cursor-col-resize before:-inset-x-1 before:inset-y-0 pointer-coarse:before:-inset-x-3'}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
      onKeyDown={onKeyDown}
      onKeyUp={onSettle}
    />
  );
}
