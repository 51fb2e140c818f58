import 'server-only';
import type { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import type { AuthSession } from './auth-session.ts';
import { requireAuthSession } from './auth-session.ts';
import { errorResponse, privateHeaders } from './error-response.ts';
import { refuseCrossSite, requireSameOrigin } from './same-origin.ts';

interface RouteInput<T> {
  auth: AuthSession;
  input: T;
  request: Request;
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * Makes a GET route handler for signed-in people: no foreign site, a session, valid input (address parameters and query as
 * one flat object of strings), then `run`. What it answers is sent as JSON unless it is a Response. Errors answer their code.
 * Reads don't count as use of the session: a page asks for much by itself, and says by `POST /api/session` that somebody is there.
 */
export function mailRoute<T>(
  schema: z.ZodType<T>,
  run: (input: RouteInput<T>) => Promise<unknown>,
): (request: Request, context: RouteContext) => Promise<Response> {
  return async (request, context) => {
    try {
      refuseCrossSite(request.headers);
      const auth = await requireAuthSession({ passive: true });
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const parsed = schema.safeParse({ ...query, ...(await context.params) });
      if (!parsed.success) throw new MailError('invalid-input');
      const answer = await run({ auth, input: parsed.data, request });
      return answer instanceof Response ? answer : Response.json(answer, { headers: privateHeaders });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

/** The same for POST with a JSON body of at most 256 KB, from our own pages only. `isUse`: it shows that somebody is there. */
export function mailPostRoute<T>(
  schema: z.ZodType<T>,
  run: (input: RouteInput<T>) => Promise<unknown>,
  { isUse = false } = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      requireSameOrigin(request.headers);
      const auth = await requireAuthSession({ passive: !isUse });
      const text = await request.text();
      if (text.length > 256 * 1024) throw new MailError('invalid-input');
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw new MailError('invalid-input');
      const answer = await run({ auth, input: parsed.data, request });
      return answer instanceof Response ? answer : Response.json(answer, { headers: privateHeaders });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MailError('invalid-input');
  }
}
