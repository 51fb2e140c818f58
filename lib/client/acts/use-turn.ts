import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { relabelMessages } from '#server/actions/relabel-messages.ts';
import { isMailError } from '../../errors.ts';
import type { MailErrorCode } from '../../errors.ts';
import { undoBulk } from '../bulk/run-bulk.ts';
import { sendAction } from '../send-action.ts';
import { useErrorToast } from '../use-error-toast.ts';
import { useKeepLabel } from '../use-keep-label.ts';
import { turn } from './act-runner.ts';
import { redoRemoval, turnEntry } from './act-state.ts';
import { acts } from './act-store.ts';

/** Turns an act around, by its entry in the log, whatever carried it out: calls, a task, or what the account remembers of a label. */
export function useTurn(): (entryId: string) => void {
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const { lay } = useKeepLabel();
  const latest = useRef(lay);
  useEffect(() => {
    latest.current = lay;
  });
  return useCallback(
    (entryId) => {
      const entry = acts.get().log.find(({ id }) => id === entryId);
      if (entry?.labels) void latest.current(entry.labels, entry.state === 'done' ? 'undone' : 'done');
      const refused = (code: MailErrorCode) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
      const failed = (error: unknown) => refused(isMailError(error) ? error.code : 'unexpected');
      if (entry?.relabel?.to === null && entry.state === 'undone') {
        const { from, to } = entry.relabel;
        acts.set(redoRemoval(acts.get(), entryId, null));
        sendAction((account) => relabelMessages({ from, to }, account))
          .then(({ task }) => acts.set(redoRemoval(acts.get(), entryId, task)))
          .catch(failed);
        return;
      }
      if (entry?.task) return undoBulk(entry.task, ({ code }) => refused(code));
      if (entry?.relabel && entry.relabel.to !== null) {
        const { from, to } = entry.relabel;
        const back = entry.state === 'done' ? { from: to, to: from } : { from, to };
        sendAction((account) => relabelMessages(back, account)).catch(failed);
      }
      if (entry?.labels && !entry.back) acts.set(turnEntry(acts.get(), entryId));
      else turn(entryId);
    },
    [errors, errorToast],
  );
}
