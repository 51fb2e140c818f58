import { z } from 'zod';
import { mailPostRoute, mailRoute } from '#server/auth/mail-route.ts';

/** Whether somebody is signed in: 200, or 401 with its code. It does not count as activity and tells nothing else. */
export const GET = mailRoute(z.object({}), async () => ({ ok: true }));

/** The person did something on the page: the session's idle time begins anew. */
export const POST = mailPostRoute(z.object({}), async () => ({ ok: true }), { isUse: true });
