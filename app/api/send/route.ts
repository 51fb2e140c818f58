import { z } from 'zod';
import { sendSchema } from '#lib/mail/outgoing.ts';
import { mailPostRoute, mailRoute } from '#server/auth/mail-route.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';
import { readSendingLimits } from '#server/mail/outbox/sending-limits.ts';

/** What may be sent: sizes, numbers, and what the mail server can do. */
export const GET = mailRoute(z.object({}), ({ auth }) => readSendingLimits(auth));

/** Queues a message; a conflict is an answer, not an error. */
export const POST = mailPostRoute(sendSchema, ({ auth, input }) => sendMessage(auth, input), {
  maxLength: 4_000_000,
  isUse: true,
});
