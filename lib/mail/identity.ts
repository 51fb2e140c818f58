import { z } from 'zod';
import { addressSchema, headerText } from './address.ts';
import { mailboxPathSchema } from './mailbox.ts';

/** A From address of an account and what belongs to it. The account's own address always is one, with the id "default". */
const identitySchema = z.object({
  id: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\w-]+$/),
  name: headerText(400),
  address: headerText(400),
  replyTo: addressSchema.nullable(),
  /** Raw HTML, hostile like any other: the composer's filter is applied to it. Empty: none. */
  signature: z.string().max(100_000),
  /** Where sent mail is filed; null: the mailbox with the role. */
  sentMailbox: mailboxPathSchema.nullable(),
});

export type Identity = z.infer<typeof identitySchema>;

/** What the administrator allows: only the account's address, others of its domain, or any that the mail server accepts. */
export type IdentityRule = 'fixed' | 'same-domain' | 'free';

/** `GET /api/identities`; the first is the default. Changed by the actions saveIdentities (server/actions). */
export interface Identities {
  identities: Identity[];
  rule: IdentityRule;
}

export const identitiesSchema = z.array(identitySchema).min(1).max(50);
