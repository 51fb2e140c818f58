import 'server-only';
import { toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { privateHeaders, toKnownError } from '#server/auth/error-response.ts';

const headers = {
  ...privateHeaders,
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  // No proxy may hold lines back, or change them.
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** What `run` tells as a response of lines of JSON, an error as the last. When nobody reads it any longer the work is stopped. */
export function streamLines<Line>(
  run: (tell: (line: Line) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Response {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: Line | { type: 'error'; error: MailErrorValue }) => {
        if (!both.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        await run(tell, both);
      } catch (error) {
        if (!both.aborted) tell({ type: 'error', error: toMailErrorValue(toKnownError(error)) });
      }
      if (!stop.signal.aborted) controller.close();
    },
    cancel: () => stop.abort(),
  });
  return new Response(body, { headers });
}
