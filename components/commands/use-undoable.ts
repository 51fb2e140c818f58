import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { nextToRedo, nextToUndo } from '#lib/client/acts/act-state.ts';
import { turn } from '#lib/client/acts/act-runner.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import type { LogEntry } from '#lib/client/acts/act-state.ts';
import { useSayUndoable } from '#lib/client/acts/use-say-undoable.ts';
import { undoBulk } from '#lib/client/bulk/run-bulk.ts';
import { showToast } from '#lib/client/toasts.ts';

export interface Undoable {
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
}

/** The acts of this tab, as far back as they are kept. */
export function useUndoable(): Undoable {
  const t = useTranslations('acts');
  const errors = useTranslations('errors');
  const sayUndoable = useSayUndoable();
  return useMemo(() => {
    // Read when asked, not when drawn: two keys may fall into one frame.
    const toUndo = () => nextToUndo(acts.get());
    const toRedo = () => nextToRedo(acts.get());
    const go = (entry: LogEntry | undefined, text: string) => {
      if (!entry) return;
      if (entry.task) return undoBulk(entry.task, ({ code }) => showToast({ kind: 'error', text: errors(code) }));
      turn(entry.id);
      sayUndoable(entry.id, text);
    };
    return {
      canUndo: () => toUndo() !== undefined,
      canRedo: () => toRedo() !== undefined,
      undo: () => go(toUndo(), t('takenBack')),
      redo: () => go(toRedo(), t('doneAgain')),
    };
  }, [t, errors, sayUndoable]);
}
