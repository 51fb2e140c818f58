import { useEffect } from 'react';

/**
 * Where the browser lays a phone's keyboard over the page (Safari), tells the style sheet how much of it is covered, as
 * --keyboard; elsewhere the page itself becomes smaller (interactive-widget) and this is 0.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const tell = () => {
      // Zoomed in, the visible part is smaller for another reason.
      const covered = viewport.scale === 1 ? Math.max(0, window.innerHeight - viewport.height) : 0;
      document.documentElement.style.setProperty('--keyboard', `${Math.round(covered)}px`);
    };
    viewport.addEventListener('resize', tell);
    return () => {
      viewport.removeEventListener('resize', tell);
      document.documentElement.style.removeProperty('--keyboard');
    };
  }, []);
}
