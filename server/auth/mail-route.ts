import 'server-only';
import type { z } from 'zod';
import { accountHeader } from '#lib/account-header.ts';
import { MailError } from '#lib/errors.ts';
import { refuseOtherAccount } from './account.ts';
import type { AuthSession } from './auth-session.ts';
import { requireAuthSessionOf } from './auth-session.ts';
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
      const auth = requireAuthSessionOf(request.headers, { passive: true });
      refuseOtherAccount(request.headers.get(accountHeader), auth.account);
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const parsed = schema.safeParse({ ...query, ...(await context.params) });
      if (!parsed.success) throw new MailError('invalid-input', { field: fieldOf(parsed.error) });
      const answer = await run({ auth, input: parsed.data, request });
      return answer instanceof Response ? answer : Response.json(answer, { headers: privateHeaders });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

/** The same for a request that changes something, from our own pages only; `run` reads its body as it comes. */
export function mailStreamRoute<T>(
  schema: z.ZodType<T>,
  run: (input: RouteInput<T>) => Promise<unknown>,
): (request: Request, context: RouteContext) => Promise<Response> {
  const handle = mailRoute(schema, run);
  return async (request, context) => {
    try {
      requireSameOrigin(request.headers);
    } catch (error) {
      return errorResponse(error);
    }
    return handle(request, context);
  };
}

/**
 * The same for POST with a JSON body of at most `maxLength` characters, 256 Ki unless said; address parameters join its fields.
 * `isUse`: it shows that somebody is there.
 */
export function mailPostRoute<T>(
  schema: z.ZodType<T>,
  run: (input: RouteInput<T>) => Promise<unknown>,
  { maxLength = 256 * 1024, isUse = false }: { maxLength?: number; isUse?: boolean } = {},
): (request: Request, context?: RouteContext) => Promise<Response> {
  return async (request, context) => {
    try {
      requireSameOrigin(request.headers);
      const auth = requireAuthSessionOf(request.headers, { passive: !isUse });
      refuseOtherAccount(request.headers.get(accountHeader), auth.account);
      if (Number(request.headers.get('content-length') ?? 0) > 4 * maxLength) throw new MailError('invalid-input');
      const text = await request.text();
      if (text.length > maxLength) throw new MailError('invalid-input');
      const parameters = await context?.params;
      const body = parseJson(text);
      const parsed = schema.safeParse(
        parameters && body && typeof body === 'object' ? { ...body, ...parameters } : body,
      );
      if (!parsed.success) throw new MailError('invalid-input', { field: fieldOf(parsed.error) });
      const answer = await run({ auth, input: parsed.data, request });
      return answer instanceof Response ? answer : Response.json(answer, { headers: privateHeaders });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

/** Where in the input the first fault is, such as "content.to.0.address". */
function fieldOf(error: z.ZodError): string | undefined {
  return error.issues[0]?.path.join('.') || undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MailError('invalid-input');
  }
}
