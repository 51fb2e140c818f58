import { useCallback, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { MailErrorCode } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { startRelabelling, undoBulk } from '#lib/client/bulk/run-bulk.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { useKeepLabel } from '#lib/client/labels/use-keep-label.ts';
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
      const relabel = (from: Keyword, to: Keyword | null) => {
        const id = crypto.randomUUID();
        startRelabelling({ id, from, to, told: null }, ({ code }) => refused(code));
        return id;
      };
      if (entry?.relabel?.to === null && entry.state === 'undone')
        return acts.set(redoRemoval(acts.get(), entryId, relabel(entry.relabel.from, null)));
      if (entry?.task) return undoBulk(entry.task, ({ code }) => refused(code));
      if (entry?.relabel && entry.relabel.to !== null) {
        const { from, to } = entry.relabel;
        if (entry.state === 'done') relabel(to, from);
        else relabel(from, to);
      }
      if (entry?.labels && !entry.back) acts.set(turnEntry(acts.get(), entryId));
      else turn(entryId);
    },
    [errors, errorToast],
  );
}
