import { saveDraftSchema } from '#lib/mail/draft.ts';
import { mailPostRoute, mailRoute } from '#server/auth/mail-route.ts';
import { refText } from '#server/mail/inputs.ts';
import { openDraft } from '#server/mail/compose/open-draft.ts';
import { saveDraft } from '#server/mail/compose/save-draft.ts';

/** Any program's draft by its place: `mailbox`, `uidValidity`, `uid`. */
export const GET = mailRoute(refText, ({ auth, input: ref, request }) => openDraft(auth, ref, request.signal));

/** Saves a version; a conflict is an answer, not an error. */
export const POST = mailPostRoute(saveDraftSchema, async ({ auth, input }) => (await saveDraft(auth, input)).answer, {
  maxLength: 4_000_000,
  isUse: true,
});
