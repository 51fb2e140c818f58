import { useEffect } from 'react';
import type { RefObject } from 'react';

const phone = '(max-width: 699px)';

/** On a phone the composer is as tall as what the keyboard leaves of the screen, so that the line being written is never below it. */
export function useVisualHeight(frame: RefObject<HTMLElement | null>, isOpen: boolean): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return;
    function fit(): void {
      const element = frame.current;
      if (!element || !view) return;
      const isPhone = isOpen && window.matchMedia(phone).matches;
      element.style.height = isPhone ? `${view.height}px` : '';
      element.style.top = isPhone ? `${view.offsetTop}px` : '';
    }
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
    };
  }, [frame, isOpen]);
}
