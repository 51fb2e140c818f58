import 'server-only';
import type { SearchLine } from '#lib/mail/search-results.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { searchMessages } from './search-messages.ts';
import type { SearchRequest } from './search-messages.ts';
import { streamLines } from '#server/mail/stream-lines.ts';

/** A search as a response of lines. */
export function streamSearch(session: ImapSession, request: SearchRequest, signal: AbortSignal): Response {
  return streamLines<SearchLine>((tell, stopped) => searchMessages(session, request, tell, stopped), signal);
}
