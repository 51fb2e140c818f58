import { mailRoute } from '#server/auth/mail-route.ts';
import { refText } from '#server/mail/inputs.ts';
import { isFirstMessage } from '#server/mail/message/is-first-message.ts';

/** Whether nobody ever heard from or wrote to this message's sender before. Asked once the message is read. */
export const GET = mailRoute(refText, async ({ auth, input, request }) => ({
  isFirst: await isFirstMessage(auth, input, request.signal),
}));
