import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { listOutbox } from '#server/mail/outbox/outbox.ts';

/** What waits, is sent, failed, or may have been sent; soonest first. */
export const GET = mailRoute(z.object({}), async ({ auth }) => ({ messages: listOutbox(auth.account) }));
