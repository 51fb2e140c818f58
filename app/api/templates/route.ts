import { z } from 'zod';
import { saveDraftSchema } from '#lib/mail/draft.ts';
import { mailPostRoute, mailRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { listTemplates, saveTemplate } from '#server/mail/compose/templates.ts';

export const GET = mailRoute(z.object({}), async ({ auth, request }) => ({
  templates: await listTemplates(imapSession(auth), request.signal),
}));

/** Saves a template as a draft is saved; a conflict is an answer, not an error. */
export const POST = mailPostRoute(saveDraftSchema, ({ auth, input }) => saveTemplate(auth, input), {
  maxLength: 4_000_000,
  isUse: true,
});
