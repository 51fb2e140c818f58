import { Readable } from 'node:stream';
import { mailRoute } from '#server/auth/mail-route.ts';
import { downloadHeaders, refuseDestination } from '#server/content/download-headers.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText } from '#server/mail/inputs.ts';
import { zipAttachments } from '#server/mail/message/zip-attachments.ts';

export const GET = mailRoute(refText, async ({ auth, input: ref, request }) => {
  refuseDestination(request.headers);
  const { content } = await zipAttachments(imapSession(auth), ref, request.signal);
  // Node's web stream and the DOM's are the same thing with two declarations.
  const body = Readable.toWeb(content) as unknown as ReadableStream<Uint8Array>;
  return new Response(body, { headers: downloadHeaders('attachment', 'attachments.zip', 'application/octet-stream') });
});
