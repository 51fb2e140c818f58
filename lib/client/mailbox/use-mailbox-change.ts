import { useCallback, useMemo } from 'react';
import type { MailboxChange } from '#lib/mail/mailbox-change.ts';
import { act } from '#lib/client/acts/act-runner.ts';
import { pendingMailboxChanges } from '#lib/client/acts/act-state.ts';
import { useActState } from '#lib/client/acts/act-store.ts';
import { useSayUndoable } from '#lib/client/acts/use-say-undoable.ts';
import { showToast } from '#lib/client/toasts.ts';

/**
 * Carries out what the person wants of mailboxes as an act like any other: drawn at once by the overlay on the tree, sent in order
 * with the acts on messages, and taken back by the toast or the key. `said` tells what was done.
 */
export function useMailboxChange(): (change: MailboxChange, said: string) => void {
  const sayUndoable = useSayUndoable();
  return useCallback(
    (change, said) => {
      const isForGood = change.type === 'delete' && change.how === 'for-good';
      const id = act([change], isForGood ? null : said);
      if (isForGood) showToast({ kind: 'info', place: 'act', text: said });
      else sayUndoable(id, said);
    },
    [sayUndoable],
  );
}

/** The changes of mailboxes under way, oldest first. */
export function usePendingMailboxChanges(): MailboxChange[] {
  const { items } = useActState();
  return useMemo(() => pendingMailboxChanges(items), [items]);
}
