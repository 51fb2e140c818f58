import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { nextToRedo, nextToUndo } from '#lib/client/acts/act-state.ts';
import { turn } from '#lib/client/acts/act-runner.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import { nextBulkToUndo, undoBulk } from '#lib/client/bulk/run-bulk.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useSayUndoable } from './use-act.ts';

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
    const go = (entryId: string | undefined, text: string) => {
      if (entryId === undefined) return;
      turn(entryId);
      sayUndoable(entryId, text);
    };
    return {
      canUndo: () => nextBulkToUndo() !== null || toUndo() !== undefined,
      canRedo: () => toRedo() !== undefined,
      undo() {
        const task = nextBulkToUndo();
        if (task !== null) undoBulk(task, ({ code }) => showToast({ kind: 'error', text: errors(code) }));
        else go(toUndo()?.id, t('takenBack'));
      },
      redo: () => go(toRedo()?.id, t('doneAgain')),
    };
  }, [t, errors, sayUndoable]);
}
