import { z } from 'zod';
import { mailRoute } from '#server/auth/mail-route.ts';
import { downloadHeaders, refuseDestination } from '#server/content/download-headers.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { refText, sectionText } from '#server/mail/inputs.ts';
import { openImage } from '#server/mail/message/open-part.ts';

const schema = refText.extend({ contentId: z.string().min(1).max(1000), section: sectionText.optional() });

/** A picture that the HTML of the same message shows by `cid:` (RFC 2392). */
export const GET = mailRoute(schema, async ({ auth, input: { contentId, section = null, ...ref }, request }) => {
  refuseDestination(request.headers);
  const which = { contentId: decodeURIComponent(contentId), section };
  const { name, mediaType, bytes } = await openImage(imapSession(auth), ref, which, request.signal);
  return new Response(new Uint8Array(bytes), { headers: downloadHeaders('inline', name, mediaType) });
});
