import { refuseOtherAccount } from '#server/auth/account.ts';
import { requireAuthSession } from '#server/auth/auth-session.ts';
import { clientAddress } from '#server/auth/client-address.ts';
import { errorResponse } from '#server/auth/error-response.ts';
import { refuseCrossSite, refuseNavigation } from '#server/auth/same-origin.ts';
import { answerByLine } from '#server/events/hand-over.ts';
import type { Line } from '#server/events/hand-over.ts';
import { eventStreamHeaders } from '#server/events/sse.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { touchSessionStream } from '#server/store/session-rows.ts';
import { wakeWhileHere } from '#server/mail/snooze/wake-while-here.ts';
import { readResumePoints, streamEvents } from '#server/mail/feed/stream-events.ts';

/** The change feed. `mailbox`, `since` and `uidNext` repeat, one triple for each mailbox the browser holds. */
export async function GET(request: Request): Promise<Response> {
  try {
    refuseCrossSite(request.headers);
    refuseNavigation(request.headers);
    const auth = await requireAuthSession({ passive: true });
    const query = new URL(request.url).searchParams;
    refuseOtherAccount(query.get('account'), auth.account);
    const points = readResumePoints(query);
    // On a public computer the stream is the session's heartbeat: without one for a while, the last page was closed.
    const onAlive = auth.publicComputer ? () => touchSessionStream(auth.id, Date.now()) : undefined;
    const address = clientAddress(request.headers);
    const whileOpen = () => wakeWhileHere(auth);
    const session = imapSession(auth);
    const begin = (line: Line) => streamEvents(line, session, points, { address, onAlive, whileOpen });
    return answerByLine(begin, eventStreamHeaders, request.signal);
  } catch (error) {
    return errorResponse(error);
  }
}

export const dynamic = 'force-dynamic';
