import { buildId } from '#server/build-id.ts';

/** 200 while the process lives, and which build it is; asks nothing of anybody. */
export function GET(): Response {
  return Response.json({ status: 'ok', build: buildId() }, { headers: { 'Cache-Control': 'no-store' } });
}

export const dynamic = 'force-dynamic';
