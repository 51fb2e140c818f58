import { database } from '#server/store/database.ts';

/** 200 when the store answers, else 503. */
export function GET(): Response {
  const headers = { 'Cache-Control': 'no-store' };
  try {
    database().prepare('SELECT 1').get();
    return Response.json({ status: 'ready' }, { headers });
  } catch {
    return Response.json({ status: 'store-unavailable' }, { status: 503, headers });
  }
}

export const dynamic = 'force-dynamic';
