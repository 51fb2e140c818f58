'use server';

import type { Result } from '#lib/errors.ts';
import { identitiesSchema } from '#lib/mail/identity.ts';
import type { Identities, Identity } from '#lib/mail/identity.ts';
import { writeIdentities } from '#server/mail/compose/identities.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(identitiesSchema, async ({ account }, identities) => writeIdentities(account, identities));

/** Stores all identities of the account in their order, the default first, and answers them. */
export async function saveIdentities(identities: Identity[], account: string | null): Promise<Result<Identities>> {
  return run(identities, account);
}
