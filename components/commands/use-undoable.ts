import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { nextToRedo, nextToUndo } from '#lib/client/acts/act-state.ts';
import { turn } from '#lib/client/acts/act-runner.ts';
import { acts } from '#lib/client/acts/act-store.ts';
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
      canUndo: () => toUndo() !== undefined,
      canRedo: () => toRedo() !== undefined,
      undo: () => go(toUndo()?.id, t('takenBack')),
      redo: () => go(toRedo()?.id, t('doneAgain')),
    };
  }, [t, sayUndoable]);
}
