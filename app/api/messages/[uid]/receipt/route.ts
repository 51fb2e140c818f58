import { z } from 'zod';
import { answerReceiptSchema } from '#lib/mail/receipt-request.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { answerReceipt } from '#server/mail/message/answer-receipt.ts';
import { postedRef } from '#server/mail/inputs.ts';

const schema = z.intersection(answerReceiptSchema, postedRef);

/** Sends the receipt that a message asks for, or lets it be, after a click: answers `{outcome, isKept}`. */
export const POST = mailPostRoute(
  schema,
  async ({ auth, input: { answer, language, mailbox, uidValidity, uid } }) =>
    answerReceipt(auth, { mailbox, uidValidity, uid }, { answer, language }),
  { isUse: true },
);
