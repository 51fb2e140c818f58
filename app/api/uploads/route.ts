import { newUploadSchema } from '#lib/mail/upload.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { announceUpload } from '#server/mail/compose/uploads.ts';

/** Files one session may announce in a minute. */
const perMinute = 120;

/** Announces a file that is going to be attached. */
export const POST = mailPostRoute(
  newUploadSchema,
  async ({ auth, input: { id, size } }) => {
    limitRate('upload', auth.id, perMinute);
    return announceUpload(auth, id, size);
  },
  { isUse: true },
);
