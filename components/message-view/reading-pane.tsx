import { useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { isFocusFree } from '#lib/client/is-focus-free.ts';

/** The place of what is open, a message or a conversation: its bar above, `verbs` below where there is one pane only. */
export function ReadingPane({
  bar,
  verbs,
  scroller,
  children,
}: {
  bar: ReactNode;
  verbs: ReactNode;
  scroller: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}) {
  const t = useTranslations('message');
  const region = useRef<HTMLElement>(null);

  useEffect(() => {
    // In the list's place the row that had the focus is gone from sight.
    if (isFocusFree()) region.current?.focus({ preventScroll: true });
  }, []);

  return (
    <section
      ref={region}
      role="region"
      aria-label={t('region')}
      id="message"
      tabIndex={-1}
      className="print-flow @container flex min-h-0 min-w-0 flex-1 flex-col bg-surface"
    >
      {bar}
      <div ref={scroller} className="print-flow message-scroller min-h-0 flex-1 overflow-y-auto">
        {children}
      </div>
      <footer className="no-print flex shrink-0 items-center justify-around overflow-x-auto border-t border-line bg-canvas px-1 py-1.5 pb-[max(6px,env(safe-area-inset-bottom))] two:hidden">
        {verbs}
      </footer>
    </section>
  );
}
