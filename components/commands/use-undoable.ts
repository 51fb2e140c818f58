import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { nextToRedo, nextToUndo } from '#lib/client/acts/act-state.ts';
import { whenActsAreLoaded } from '#lib/client/acts/act-runner.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import type { LogEntry } from '#lib/client/acts/act-state.ts';
import { useSayUndoable } from '#lib/client/acts/use-say-undoable.ts';
import { useTurn } from '#lib/client/acts/use-turn.ts';

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
  const turn = useTurn();
  return useMemo(() => {
    // Read when asked, not when drawn: two keys may fall into one frame.
    const toUndo = () => nextToUndo(acts.get());
    const toRedo = () => nextToRedo(acts.get());
    const go = (next: () => LogEntry | undefined, text: string) =>
      whenActsAreLoaded(() => {
        const entry = next();
        if (!entry) return;
        turn(entry.id);
        if (!entry.task) sayUndoable(entry.id, text); // A task says itself how far it came.
      });
    return {
      canUndo: () => toUndo() !== undefined,
      canRedo: () => toRedo() !== undefined,
      undo: () => go(toUndo, t('takenBack')),
      redo: () => go(toRedo, t('doneAgain')),
    };
  }, [t, turn, sayUndoable]);
}
