import { discardDraftSchema, draftIdSchema } from '#lib/mail/draft.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { discardDraft } from '#server/mail/compose/discard-draft.ts';

const schema = discardDraftSchema.extend({ id: draftIdSchema });

/** Takes a draft out of Drafts, all versions of it. */
export const POST = mailPostRoute(
  schema,
  async ({ auth, input: { id, version } }) => {
    await discardDraft(imapSession(auth), id, version);
    return { discarded: true };
  },
  { isUse: true },
);
