import { z } from 'zod';
import { outboxActionSchema } from '#lib/mail/outgoing.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { actOnOutbox } from '#server/mail/outbox/outbox.ts';

const schema = z.intersection(outboxActionSchema, z.object({ id: z.uuid() }));

/** Undo, send now, another time, or taken note of: answers `{message}`. */
export const POST = mailPostRoute(
  schema,
  async ({ auth, input: { id, ...act } }) => ({ message: await actOnOutbox(auth, id, act) }),
  { isUse: true },
);
