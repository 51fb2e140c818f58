import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { downloadHeaders, refuseDestination } from '#server/content/download-headers.ts';
import { readSection, readStructure } from '#server/imap/read-section.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { numberText, refText } from '#server/mail/inputs.ts';
import { streamResponse, toStream } from '#server/mail/stream-response.ts';

/** `show` limits it to so many octets of text for the source view; without it the whole message is a download. */
const schema = refText.extend({ show: numberText.optional(), name: z.literal('message').optional() });

export const GET = mailRoute(schema, async ({ auth, input: { show, ...ref }, request }) => {
  refuseDestination(request.headers);
  const session = imapSession(auth);
  if (show) {
    const content = readSection(session, ref, '', { length: show, signal: request.signal });
    return new Response(toStream(content), {
      headers: downloadHeaders('inline', 'source.txt', 'text/plain; charset=utf-8'),
    });
  }
  const { size } = await readStructure(session, ref, request.signal);
  return streamResponse(
    request,
    `message-${ref.uid}.eml`,
    () => readSection(session, ref, '', { expected: size, signal: request.signal }),
    size,
  );
});
