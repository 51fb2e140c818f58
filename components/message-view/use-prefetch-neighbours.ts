import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { prefetchMessage } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

const quietMs = 150;

/** Reads the messages above and below the open one once it stands, so that the next shows in the next frame. */
export function usePrefetchNeighbours(isShown: boolean): void {
  const client = useQueryClient();
  const { list, openId } = useMailContext();
  const { body } = usePreferences().preferences;
  const index = openId === null ? null : list.indexOf(openId);
  const next = index === null ? undefined : list.rowAt(index + 1)?.ref;
  const previous = index === null ? undefined : list.rowAt(index - 1)?.ref;
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => {
      for (const message of [next, previous]) {
        if (message) prefetchMessage(client, message, body);
      }
    }, quietMs);
    return () => clearTimeout(timer);
  }, [isShown, client, next, previous, body]);
}
