import 'server-only';
import NextAuth from 'next-auth';
import { z } from 'zod';
import { isMailErrorCode, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { Result } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import { accountKey } from './account.ts';
import { longestSession } from './auth-session.ts';
import { errorResponse, privateHeaders } from './error-response.ts';
import { formatKnownDevice } from './known-device.ts';
import { accountOf, nextAuthOptions, sessionKind } from './next-auth-options.ts';
import { refuseCrossSite, requireSameOrigin } from './same-origin.ts';
import { formatSetCookie, sessionCookieName } from './session-cookie.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  // next-auth declares what it returns only loosely; in the app router it is a Response.
  return (await NextAuth(request as never, context as never, nextAuthOptions())) as Response;
}

export async function csrfWithNextAuth(request: Request, context: Context): Promise<Response> {
  try {
    refuseCrossSite(request.headers);
    return await handle(request, context);
  } catch (error) {
    return errorResponse(error);
  }
}

const answerSchema = z.object({ url: z.string() });
const refusalSchema = z.object({
  code: z.string(),
  retryAfter: z.number().optional(),
  reference: z.string().optional(),
  challenge: z.string().optional(),
});

/**
 * A sign-in. Answers 200 with a Result in both cases: a refusal is an answer, not a failed request. On a public computer the
 * cookie loses its age, so that it goes with the browser.
 */
export async function signInWithNextAuth(request: Request, context: Context): Promise<Response> {
  try {
    requireSameOrigin(request.headers);
    const form = await request.clone().formData();
    const kind = sessionKind(request.headers, {
      publicComputer: field(form, 'publicComputer'),
      keep: field(form, 'keep'),
    });
    const response = await handle(request, context);
    const value = cookieIn(response.headers);
    const refused = await refusalIn(response);
    if (!value || refused) return refusal(refused);
    const headers = new Headers(privateHeaders);
    const publicComputer = kind === 'public';
    headers.append('Set-Cookie', formatSetCookie(value, { publicComputer, maxAge: longestSession(kind) }));
    if (!publicComputer) {
      headers.append('Set-Cookie', formatKnownDevice(accountKey(accountOf(field(form, 'address')))));
    }
    return Response.json({ ok: true, value: null } satisfies Result<null>, { headers });
  } catch (error) {
    return errorResponse(error);
  }
}

/** next-auth says where to go next, by redirect or as JSON; a refusal stands there as `error`. */
async function refusalIn(response: Response): Promise<string | null> {
  const location = response.headers.get('location');
  const answer = location === null ? answerSchema.safeParse(await response.json().catch(() => null)) : null;
  const url = location ?? answer?.data?.url;
  return url === undefined ? 'unexpected' : new URL(url, env().appUrl).searchParams.get('error');
}

function refusal(text: string | null): Response {
  const parsed = refusalSchema.safeParse(parseJson(text ?? ''));
  const code = parsed.success && isMailErrorCode(parsed.data.code) ? parsed.data.code : 'unexpected';
  const error = new MailError(code, parsed.data);
  return Response.json({ ok: false, error: toMailErrorValue(error) } satisfies Result<null>, {
    headers: privateHeaders,
  });
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function cookieIn(headers: Headers): string | null {
  const prefix = `${sessionCookieName()}=`;
  const line = headers.getSetCookie().find((cookie) => cookie.startsWith(prefix));
  return line?.slice(prefix.length).split(';')[0] || null;
}
