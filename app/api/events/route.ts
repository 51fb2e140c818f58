import { requireAuthSession } from '#server/auth/auth-session.ts';
import { errorResponse } from '#server/auth/error-response.ts';
import { refuseCrossSite } from '#server/auth/same-origin.ts';
import { eventStreamHeaders } from '#server/events/sse.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { readResumePoints, streamEvents } from '#server/mail/stream-events.ts';

/** The change feed. `mailbox`, `since` and `uidNext` repeat, one triple for each mailbox the browser holds. */
export async function GET(request: Request): Promise<Response> {
  try {
    refuseCrossSite(request.headers);
    const auth = await requireAuthSession({ passive: true });
    const points = readResumePoints(new URL(request.url).searchParams);
    return new Response(streamEvents(imapSession(auth), points, request.signal), { headers: eventStreamHeaders });
  } catch (error) {
    return errorResponse(error);
  }
}

export const dynamic = 'force-dynamic';
