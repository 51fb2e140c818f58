import { z } from 'zod';
import { listSessions } from '#server/auth/account-sessions.ts';
import { mailRoute } from '#server/auth/mail-route.ts';

/** Where the account is signed in. */
export const GET = mailRoute(z.object({}), async ({ auth }) => listSessions(auth));
