import { newUploadSchema } from '#lib/mail/upload.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { announceUpload } from '#server/mail/uploads.ts';

/** Announces a file that is going to be attached. */
export const POST = mailPostRoute(newUploadSchema, ({ auth, input: { id, size } }) => announceUpload(auth, id, size), {
  isUse: true,
});
