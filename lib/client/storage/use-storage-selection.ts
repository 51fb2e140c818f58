import { useEffect, useState } from 'react';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { SelectedMessages, StorageSelection } from '#lib/mail/storage.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';

/** Somebody who is still typing or choosing is not counted for. Milliseconds. */
const pauseMs = 250;

interface Counted {
  selection: StorageSelection;
  selected: SelectedMessages | null;
  error: MailErrorValue | null;
}

/** The messages a selection has, counted anew by the mail server whenever it is another; both null while that is under way. */
export function useStorageSelection(selection: StorageSelection): Omit<Counted, 'selection'> {
  const [counted, setCounted] = useState<Counted | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const timer = setTimeout(() => {
      fetchJson<SelectedMessages>('/api/storage/selection', { signal, body: selection }).then(
        (selected) => setCounted({ selection, selected, error: null }),
        (error: unknown) => {
          if (signal.aborted) return;
          const value: MailErrorValue = isMailError(error)
            ? toMailErrorValue(error)
            : { code: 'unexpected', retryable: true };
          setCounted({ selection, selected: null, error: value });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [selection]);
  const isNow = counted?.selection === selection;
  return { selected: isNow ? counted.selected : null, error: isNow ? counted.error : null };
}
