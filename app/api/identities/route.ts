import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { readIdentities } from '#server/mail/compose/identities.ts';

/** Whom a person may write as, the default first. */
export const GET = mailRoute(z.object({}), async ({ auth }) => readIdentities(auth.account));
