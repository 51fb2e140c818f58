import { useEffect, useState } from 'react';
import { readLines } from '#lib/client/read-lines.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { MessageRef, MessageSummary } from '#lib/mail/message.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';

export interface FoundMessage {
  ref: MessageRef;
  row: MessageSummary;
}

interface Found {
  /** The newest first. */
  messages: readonly FoundMessage[];
  isSearching: boolean;
  error: MailErrorValue | null;
}

const pauseMs = 300;
const most = 40;

/** Messages with files, in all mailboxes, that answer to what was typed (search operators too). */
export function useFoundMessages(typed: string): Found {
  const [found, setFound] = useState<Found>({ messages: [], isSearching: true, error: null });
  const wanted = typed.trim().slice(0, 500);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      let messages: readonly FoundMessage[] = [];
      const search = { mailbox: 'INBOX', scope: 'all', q: `has:attachment ${wanted}`.trim() };
      const tell = (lines: readonly SearchLine[]) => {
        const more = lines.flatMap((line) => (line.type === 'found' ? toMessages(line) : []));
        if (more.length === 0) return;
        messages = [...messages, ...more].sort((a, b) => (a.row.receivedAt < b.row.receivedAt ? 1 : -1)).slice(0, most);
        setFound({ messages, isSearching: true, error: null });
      };
      readLines<SearchLine>('/api/search', search, tell, stop.signal).then(
        () => setFound({ messages, isSearching: false, error: null }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const value: MailErrorValue = isMailError(error)
            ? toMailErrorValue(error)
            : { code: 'unexpected', retryable: true };
          setFound({ messages, isSearching: false, error: value });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  return found;
}

function toMessages({ mailbox, uidValidity, rows }: Extract<SearchLine, { type: 'found' }>): FoundMessage[] {
  return rows.map((row) => ({ ref: { mailbox, uidValidity, uid: row.uid }, row }));
}
