import { useTranslations } from 'use-intl';
import { relabelMessages } from '#server/actions/relabel-messages.ts';
import { isMailError } from '../errors.ts';
import type { Keyword } from '../mail/keyword.ts';
import { labelNameOf } from '../mail/label.ts';
import { logLabel } from './acts/act-state.ts';
import type { LabelTurn, LogEntry } from './acts/act-state.ts';
import { acts } from './acts/act-store.ts';
import { useSayUndoable } from './acts/use-say-undoable.ts';
import { sendAction } from './send-action.ts';
import { showToast } from './toasts.ts';
import { useErrorToast } from './use-error-toast.ts';
import { useKeepLabel } from './use-keep-label.ts';

/** Acts on labels, each with its way back: `labels` is what the account remembers before and after. */
export function useLabelActs() {
  const t = useTranslations('labels');
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const sayUndoable = useSayUndoable();
  const { lay } = useKeepLabel();

  function log(labels: LabelTurn, said: string, how: Partial<Pick<LogEntry, 'task' | 'relabel' | 'back'>>): Promise<void> {
    const id = crypto.randomUUID();
    acts.set(logLabel(acts.get(), { id, said, labels, ...how }));
    sayUndoable(id, said);
    return lay(labels, 'done');
  }

  return {
    /** Remembers something of a label, or that there is one; no message is touched. */
    remember: (labels: LabelTurn, said: string) => log(labels, said, {}),
    /** Renames a label on the messages themselves, or takes it off (`to` null); what fails says so. */
    async relabel(
      from: Keyword,
      to: Keyword | null,
      labels: LabelTurn,
      said: (messages: number) => string,
    ): Promise<void> {
      try {
        const { messages, left, task, isMailbox } = await sendAction((account) => relabelMessages({ from, to }, account));
        if (isMailbox && to === null && task === null) {
          const name = labelNameOf(from);
          void log(labels, said(messages), { back: [{ type: 'create', parent: null, name }] });
        } else if (isMailbox) void log(labels, said(messages), { relabel: { from, to }, ...(task ? { task } : {}) });
        else void log(labels, said(messages), task === null ? {} : { task });
        if (left.length > 0) showToast({ kind: 'error', text: t('left', { names: left.join(', ') }) });
      } catch (error) {
        const code = isMailError(error) ? error.code : 'unexpected';
        errorToast(code, errors('changeFailed', { reason: errors(code) }));
      }
    },
  };
}
