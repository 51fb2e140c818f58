import { useTranslations } from 'use-intl';
import type { MailErrorValue } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { logLabel } from '#lib/client/acts/act-state.ts';
import type { LabelTurn } from '#lib/client/acts/act-state.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import { useSayUndoable } from '#lib/client/acts/use-say-undoable.ts';
import { startRelabelling } from '#lib/client/bulk/run-bulk.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { useKeepLabel } from './use-keep-label.ts';

/** A label that is wanted otherwise on the messages themselves. */
interface Wanted {
  from: Keyword;
  /** Null: on none. */
  to: Keyword | null;
  /** What it is called, and is to be. */
  called: { name: string; to: string | null };
  /** It is renamed and deleted as a mailbox. */
  isMailbox: boolean;
}

/** Acts on labels, each with its way back: `labels` is what the account remembers before and after. */
export function useLabelActs() {
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const sayUndoable = useSayUndoable();
  const { lay } = useKeepLabel();
  return {
    /** Remembers something of a label, or that there is one; no message is touched. */
    remember(labels: LabelTurn, said: string): Promise<void> {
      const id = crypto.randomUUID();
      acts.set(logLabel(acts.get(), { id, said, labels }));
      sayUndoable(id, said);
      return lay(labels, 'done');
    },
    /** Renames a label on the messages themselves, or takes it off; it is said once it has begun, and what fails says so. */
    relabel({ from, to, called, isMailbox }: Wanted, labels: LabelTurn): void {
      const id = crypto.randomUUID();
      const refused = ({ code }: MailErrorValue) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
      // What takes it back is known before it is sent: this page may be gone when it is answered.
      const how = {
        ...(isMailbox ? { relabel: { from, to } } : {}),
        ...(isMailbox && to !== null ? {} : { task: id }),
      };
      acts.set(logLabel(acts.get(), { id, said: called.name, labels, ...how }));
      startRelabelling({ id, from, to, told: { ...called, labels } }, refused);
    },
  };
}
