import 'server-only';
import { toMailErrorValue } from '#lib/errors.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';
import { privateHeaders, toKnownError } from '#server/auth/error-response.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { searchMessages } from './search-messages.ts';
import type { SearchRequest } from './search-messages.ts';

const headers = {
  ...privateHeaders,
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  // No proxy may hold lines back, or change them.
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** A search as a response of lines. When nobody reads it any longer the search is stopped. */
export function streamSearch(session: ImapSession, request: SearchRequest, signal: AbortSignal): Response {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: SearchLine) => {
        if (!both.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await searchMessages(session, request, tell, both);
      } catch (error) {
        if (!both.aborted) tell({ type: 'error', error: toMailErrorValue(toKnownError(error)) });
      }
      if (!stop.signal.aborted) controller.close();
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, { headers });
}
