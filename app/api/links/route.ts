import { z } from 'zod';
import { signLink } from '#server/auth/link-signature.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';

const schema = z.object({
  use: z.enum(['leave', 'image']),
  urls: z.array(z.string().min(1).max(8_000)).min(1).max(500),
});

/** Signs addresses of a mail for this session: POST {use, urls} answers {addresses} in the same order, on our own origin. */
export const POST = mailPostRoute(schema, async ({ auth, input: { use, urls } }) => {
  const path = use === 'leave' ? '/leave' : '/api/remote-image';
  const addresses = urls.map(
    (url) => `${path}?${new URLSearchParams({ u: url, sig: signLink(auth, use, url) }).toString()}`,
  );
  return { addresses };
});
