import { useEffect, useRef, useState } from 'react';
import type { MouseEvent, PointerEvent } from 'react';
import { followed, intentOf, isCarriedOut } from './swipe.ts';
import type { Direction } from './swipe.ts';

const longPressMs = 450;

export interface RowTouch {
  /** Where the finger holds the row, in pixels from its place; and whether letting go would do it. */
  drawn: { x: number; isFar: boolean } | null;
  handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
    onClickCapture(event: MouseEvent): void;
  };
}

interface Touched {
  x: number;
  y: number;
  width: number;
  intent: 'swipe' | 'scroll' | null;
}

/**
 * A finger on a row: drawn aside it swipes, held it selects, anything else is left to the browser. `touch-action: pan-y` on the row keeps
 * sideways moves ours. The tap that ends a swipe or a long press is no click.
 */
export function useRowTouch({
  canSwipe,
  onSwipe,
  onLongPress,
}: {
  canSwipe(direction: Direction): boolean;
  onSwipe(direction: Direction): void;
  onLongPress(): void;
}): RowTouch {
  const [drawn, setDrawn] = useState<RowTouch['drawn']>(null);
  const touched = useRef<Touched | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isClickOurs = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  function end(): void {
    clearTimeout(timer.current);
    touched.current = null;
    setDrawn(null);
  }

  return {
    drawn,
    handlers: {
      onPointerDown(event) {
        isClickOurs.current = false;
        if (event.pointerType !== 'touch' || !event.isPrimary) return;
        touched.current = {
          x: event.clientX,
          y: event.clientY,
          width: event.currentTarget.clientWidth,
          intent: null,
        };
        timer.current = setTimeout(() => {
          if (touched.current?.intent !== null) return;
          end();
          isClickOurs.current = true;
          onLongPress();
        }, longPressMs);
      },
      onPointerMove(event) {
        const start = touched.current;
        if (!start) return;
        const dx = event.clientX - start.x;
        const dy = event.clientY - start.y;
        start.intent ??= intentOf(dx, dy);
        if (start.intent !== null) clearTimeout(timer.current);
        if (start.intent === 'scroll') return end();
        if (start.intent !== 'swipe') return;
        if (!event.currentTarget.hasPointerCapture(event.pointerId))
          event.currentTarget.setPointerCapture(event.pointerId);
        const hasAct = canSwipe(dx > 0 ? 'right' : 'left');
        setDrawn({ x: followed(dx, start.width, hasAct), isFar: hasAct && isCarriedOut(dx, start.width) });
      },
      onPointerUp(event) {
        const start = touched.current;
        end();
        if (start?.intent !== 'swipe') return;
        isClickOurs.current = true;
        const dx = event.clientX - start.x;
        const direction = dx > 0 ? 'right' : 'left';
        if (canSwipe(direction) && isCarriedOut(dx, start.width)) onSwipe(direction);
      },
      onPointerCancel: end,
      onClickCapture(event) {
        if (!isClickOurs.current) return;
        isClickOurs.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}
