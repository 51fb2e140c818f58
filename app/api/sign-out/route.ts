import { endAuthSession, findAuthSession } from '#server/auth/auth-session.ts';
import { errorResponse, privateHeaders } from '#server/auth/error-response.ts';
import { requireSameOrigin } from '#server/auth/same-origin.ts';
import { formatSetCookie } from '#server/auth/session-cookie.ts';

/** Ends the session: row, streams, IMAP connections and cookie, and asks the browser to forget what it kept. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request.headers);
    const session = await findAuthSession({ passive: true });
    if (session) endAuthSession(session.id);
    const headers = new Headers(privateHeaders);
    headers.append('Set-Cookie', formatSetCookie('', { publicComputer: session?.publicComputer ?? false, maxAge: 0 }));
    const forget = session?.publicComputer ? '"cache", "cookies", "storage"' : '"cache", "storage"';
    headers.set('Clear-Site-Data', forget);
    return Response.json({ ok: true, value: null }, { headers });
  } catch (error) {
    return errorResponse(error);
  }
}
