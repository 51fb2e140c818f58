import { z } from 'zod';
import { clientAddress } from '#server/auth/client-address.ts';
import { limitRateHere } from '#server/auth/rate-limit.ts';
import { log } from '#server/log.ts';

const maxLength = 16 * 1024;
const perMinute = 20;

const schema = z.array(z.object({ type: z.string(), body: z.object({ effectiveDirective: z.string() }) })).max(20);

/**
 * What a browser refused because of the pages' policy (Reporting API). Anybody may send such a thing: it is short, rare, and of it only the
 * directive's name is logged. Always answers 204.
 */
export async function POST(request: Request): Promise<Response> {
  const done = new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
  try {
    limitRateHere('report', clientAddress(request.headers), perMinute);
  } catch {
    return done;
  }
  if (Number(request.headers.get('content-length') ?? Infinity) > maxLength) return done;
  const reports = schema.safeParse(parse((await request.text()).slice(0, maxLength)));
  for (const { type, body } of reports.data ?? []) {
    const directive = /^[a-z-]{1,40}$/.exec(body.effectiveDirective)?.[0] ?? 'other';
    if (type === 'csp-violation') log.warn('csp-report', { directive });
  }
  return done;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
