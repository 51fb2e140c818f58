import { z } from 'zod';
import { draftIdSchema } from '#lib/mail/draft.ts';
import { mailRoute } from '#server/auth/mail-route.ts';
import { openDraftById } from '#server/mail/compose/open-draft.ts';

/** The newest version of a draft. */
export const GET = mailRoute(z.object({ id: draftIdSchema }), ({ auth, input: { id }, request }) =>
  openDraftById(auth, id, request.signal),
);
