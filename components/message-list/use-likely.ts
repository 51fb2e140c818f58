import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { prefetchMessage } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { MessageRef } from '#lib/mail/message.ts';

/** A pointer that rests on a row so long is likely to open it. Milliseconds. */
const restMs = 65;

/** Reads a message that is likely to be opened: the pointer rests on its row, or goes down on it. Reading never marks. */
export function useLikely() {
  const client = useQueryClient();
  const { body } = usePreferences().preferences;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    const read = (message: MessageRef) => prefetchMessage(client, message, body);
    return {
      onRest(message: MessageRef): void {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => read(message), restMs);
      },
      onLeave: () => clearTimeout(timer.current),
      onPress: read,
    };
  }, [client, body]);
}
