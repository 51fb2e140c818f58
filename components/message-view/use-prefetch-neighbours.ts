import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { prefetchMessage } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

const quietMs = 150;

/** Reads the messages above and below the open one once it stands, so that the next shows in the next frame. */
export function usePrefetchNeighbours(isShown: boolean): void {
  const client = useQueryClient();
  const { mailbox, list, openUid } = useMailContext();
  const { body } = usePreferences().preferences;
  const index = openUid === null ? null : list.indexOf(openUid);
  const next = index === null ? undefined : list.rowAt(index + 1)?.uid;
  const previous = index === null ? undefined : list.rowAt(index - 1)?.uid;
  const { uidValidity } = list;
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => {
      for (const uid of [next, previous]) {
        if (uid !== undefined) prefetchMessage(client, { mailbox, uidValidity, uid }, body);
      }
    }, quietMs);
    return () => clearTimeout(timer);
  }, [isShown, client, mailbox, uidValidity, next, previous, body]);
}
