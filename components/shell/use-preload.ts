import { useEffect } from 'react';
import { Palette } from '#components/commands/lazy-palette.ts';
import { loadQuestions } from '#components/commands/lazy-questions.ts';
import { stockFrame } from '#components/message-view/body/frame-stock.ts';
import { mailFilter } from '#components/message-view/body/load-filter.ts';
import { AttachmentPreview } from '#components/message-view/lazy-preview.ts';
import { dialogWindow } from '#components/ui/dialog.tsx';
import { menuPopup } from '#components/ui/menu.tsx';
import { bringAhead } from '#lib/client/bring-ahead.ts';
import { unseenReload } from './update-notice.tsx';

/** The first signs that somebody is there and may open something. */
const signs = ['pointermove', 'pointerdown', 'keydown'] as const;
/** Milliseconds after which it is loaded though nobody moved: a menu opens also when the line is gone by then. */
const patienceMs = 3_000;

/**
 * Loads what the first HTML mail, menu and dialog will need, once somebody moves or a while has passed and nothing else is to be
 * done: the first screen does without.
 */
export function usePreload(): void {
  useEffect(() => {
    const noticed = new AbortController();
    const gone = new AbortController();
    const onSign = () => {
      noticed.abort();
      bringAhead(bringWhatOpens, gone.signal);
    };
    for (const sign of signs) document.addEventListener(sign, onSign, { signal: noticed.signal, passive: true });
    const patience = setTimeout(onSign, patienceMs);
    noticed.signal.addEventListener('abort', () => clearTimeout(patience));
    return () => {
      noticed.abort();
      gone.abort();
    };
  }, []);
}

function bringWhatOpens(): Promise<unknown> {
  stockFrame();
  const parts = [mailFilter, menuPopup, dialogWindow, Palette, AttachmentPreview, unseenReload];
  return Promise.all([loadQuestions(), ...parts.map((part) => part.load())]);
}
