import 'server-only';
import { z } from 'zod';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { messageRefSchema } from '#lib/mail/message.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';

/** Addresses carry strings; these are what their parameters must look like. */
export const numberText = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .refine((value) => value <= 0xffffffff);

/** UIDs between commas; as many as a list shows at a time, and some. */
export const uidsText = z
  .string()
  .max(1200)
  .transform((text) => text.split(','))
  .pipe(z.array(numberText).min(1).max(100));

export const sectionText = z.string().regex(/^\d{1,4}(\.\d{1,4}){0,64}$/);

export const refText = z.object({ mailbox: mailboxPathSchema, uidValidity: numberText, uid: numberText });

/** The same where the UID stands in the address, and the rest in the body. */
export const postedRef = messageRefSchema.extend({ uid: numberText });

export const tokenText = z.string().refine((token) => parseSyncToken(token) !== null);
