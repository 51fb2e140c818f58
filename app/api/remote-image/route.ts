import { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import { isSignedLink } from '#server/auth/link-signature.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { limitRateHere } from '#server/auth/rate-limit.ts';
import { downloadHeaders, refuseDestination } from '#server/content/download-headers.ts';
import { fetchRemoteImage } from '#server/content/remote-image.ts';

const schema = z.object({ u: z.url({ protocol: /^https?$/ }).max(8_000), sig: z.string().max(100) });

/** Pictures of one mail come together; beyond this per minute something else is going on. */
const perMinute = 120;

/** A remote picture of a mail, fetched by us. Only for addresses this session had signed after the person asked for pictures. */
export const GET = mailRoute(schema, async ({ auth, input: { u, sig }, request }) => {
  refuseDestination(request.headers);
  if (!isSignedLink(auth, 'image', u, sig)) throw new MailError('forbidden-origin');
  limitRateHere('remote-image', auth.id, perMinute);
  const { mediaType, bytes } = await fetchRemoteImage(u, request.signal);
  return new Response(new Uint8Array(bytes), { headers: downloadHeaders('inline', 'image', mediaType) });
});
