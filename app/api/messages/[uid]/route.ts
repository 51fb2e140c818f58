import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText, sectionText } from '#server/mail/inputs.ts';
import { readMessage } from '#server/mail/message/read-message.ts';

const schema = refText.extend({ section: sectionText.optional(), body: z.enum(['html', 'plain']).default('html') });

export const GET = mailRoute(schema, ({ auth, input, request }) => {
  const { section = null, body: prefer, ...ref } = input;
  return readMessage(imapSession(auth), ref, { prefer, section, signal: request.signal });
});
