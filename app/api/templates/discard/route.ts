import { messageRefSchema } from '#lib/mail/message.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { discardTemplate } from '#server/mail/compose/templates.ts';

/** Moves a template to Trash. */
export const POST = mailPostRoute(
  messageRefSchema,
  async ({ auth, input }) => {
    await discardTemplate(imapSession(auth), input);
    return { discarded: true };
  },
  { isUse: true },
);
