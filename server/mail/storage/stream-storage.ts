import 'server-only';
import type { StorageLine } from '#lib/mail/storage.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { streamLines } from '#server/mail/stream-lines.ts';
import { readStorage } from './read-storage.ts';

/** What takes the space, as a response of lines. */
export function streamStorage(session: ImapSession, timeZone: string, signal: AbortSignal): Response {
  return streamLines<StorageLine>(
    (tell, stopped) => readStorage(session, timeZone, (report) => tell({ type: 'report', report }), stopped),
    signal,
  );
}
