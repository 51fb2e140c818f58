import { mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText, sectionText } from '#server/mail/inputs.ts';
import { readHeaders } from '#server/mail/message/read-headers.ts';

const schema = refText.extend({ section: sectionText.optional() });

export const GET = mailRoute(schema, async ({ auth, input: { section = null, ...ref }, request }) => ({
  headers: await readHeaders(imapSession(auth), ref, section, request.signal),
}));
