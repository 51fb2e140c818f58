import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { downloadHeaders, refuseDestination } from '#server/content/download-headers.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText, sectionText } from '#server/mail/inputs.ts';
import { openImage, openPart } from '#server/mail/message/open-part.ts';
import { streamResponse } from '#server/mail/stream-response.ts';

const schema = refText.extend({ part: sectionText, inline: z.literal('1').optional() });

/** An attachment as a download; with `inline=1` a raster picture that may be drawn. */
export const GET = mailRoute(schema, async ({ auth, input: { part, inline, ...ref }, request }) => {
  refuseDestination(request.headers);
  const session = imapSession(auth);
  if (inline) {
    const { name, mediaType, bytes } = await openImage(session, ref, { part }, request.signal);
    return new Response(new Uint8Array(bytes), { headers: downloadHeaders('inline', name, mediaType) });
  }
  const { name, node, content } = await openPart(session, ref, part, request.signal);
  const isPlain = node.encoding !== 'base64' && node.encoding !== 'quoted-printable';
  return streamResponse(request, name, content, isPlain ? node.size : null);
});
