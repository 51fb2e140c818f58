import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { blockingPlace } from '#server/mail/sieve-rules.ts';

/** Who moves what blocked senders write: `{ place }`. */
export const GET = mailRoute(z.object({}), async ({ auth }) => ({ place: await blockingPlace(auth) }));
