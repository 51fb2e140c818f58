import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import { useTurn } from './use-turn.ts';

/** A toast with the button that turns an act around; pressed, it says that, and can be pressed again. */
export function useSayUndoable(): (entryId: string, text: string) => void {
  const t = useTranslations('acts');
  const turn = useTurn();
  return useCallback(
    function sayUndoable(entryId, text) {
      const run = () => {
        turn(entryId);
        sayUndoable(entryId, text === t('takenBack') ? t('doneAgain') : t('takenBack'));
      };
      showToast({ kind: 'info', place: 'act', text, action: { label: t('undo'), run } });
    },
    [t, turn],
  );
}
