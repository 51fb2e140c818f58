'use server';

import type { Result } from '#lib/errors.ts';
import { messageRefSchema } from '#lib/mail/message.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { reportPhishing as report } from '#server/mail/message/report-phishing.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(messageRefSchema, async (auth, message) => report(auth, message));

/** Sends a message, as an attachment, to whom the administrator named. */
export async function reportPhishing(message: MessageRef, account: string | null): Promise<Result<void>> {
  return run(message, account);
}
