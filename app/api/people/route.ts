import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { findPeople } from '#server/mail/find-people.ts';

/** Completion of recipients: who fits what is typed, best first. */
export const GET = mailRoute(z.object({ q: z.string().max(200).default('') }), async ({ auth, input: { q } }) => ({
  people: await findPeople(auth, q, 10),
}));
