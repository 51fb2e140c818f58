import { z } from 'zod';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { findPeople } from '#server/mail/find-people.ts';

/** Completion of recipients: who fits what is typed, best first. A POST, so that no name stands in an address. */
export const POST = mailPostRoute(z.object({ q: z.string().max(200).default('') }), async ({ auth, input: { q } }) => ({
  people: await findPeople(auth, q, 10),
}));
