import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import { useKeepLabel } from '#lib/client/labels/use-keep-label.ts';
import type { ActWords } from './act-runner.ts';
import { learnLabel } from './act-state.ts';
import { acts } from './act-store.ts';
import { useSayUndoable } from './use-say-undoable.ts';
import { useTurn } from './use-turn.ts';

/** What follows when a label's new name or its removal has begun, on the page where it was wanted or on a later one. */
export function useRelabelled(): ActWords['relabelled'] {
  const t = useTranslations('labels');
  const sayUndoable = useSayUndoable();
  const turn = useTurn();
  const { lay } = useKeepLabel();
  return ({ id, from, to, told }, { messages, left, task, isMailbox }, undoing) => {
    const tasks = [id, ...undoing];
    const entry = acts.get().log.find((one) => one.id === id || (one.task !== undefined && tasks.includes(one.task)));
    if (entry) {
      acts.set(learnLabel(acts.get(), entry.id, { from, to }, { task, isMailbox }));
      const isOpen =
        entry.state === 'undone' && acts.get().log.some((one) => one.id === entry.id && one.state === 'done');
      if (isOpen) turn(entry.id);
    }
    if (left.length > 0) showToast({ kind: 'error', text: t('left', { names: left.join(', ') }) });
    if (!told) return;
    void lay(told.labels, entry?.state ?? 'done');
    if (entry?.state === 'undone') return;
    const { name } = told;
    const said = told.to === null ? t('removed', { name, messages }) : t('renamed', { name, to: told.to, messages });
    if (entry) sayUndoable(id, said);
    else showToast({ kind: 'info', place: 'act', text: said });
  };
}
