import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText } from '#server/mail/inputs.ts';
import { readWindow } from '#server/mail/read-window.ts';

const maxRows = 200;

const schema = z.union([
  z.object({ mailbox: mailboxPathSchema, newest: numberText.refine((rows) => rows <= maxRows) }),
  z
    .object({ mailbox: mailboxPathSchema, from: numberText, to: numberText })
    .refine(({ from, to }) => from <= to && to - from < maxRows),
]);

export const GET = mailRoute(schema, ({ auth, input, request }) =>
  readWindow(imapSession(auth), input.mailbox, input, request.signal),
);
