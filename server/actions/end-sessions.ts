'use server';

import type { Result } from '#lib/errors.ts';
import { sessionsToEndSchema } from '#lib/mail/signed-in-session.ts';
import type { SessionsToEnd } from '#lib/mail/signed-in-session.ts';
import { endSessions } from '#server/auth/account-sessions.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(sessionsToEndSchema, async (auth, wanted) => endSessions(auth, wanted));

/** Signs out sessions of the account; answers how many there were. */
export async function endSessionsOfAccount(wanted: SessionsToEnd, account: string | null): Promise<Result<number>> {
  return run(wanted, account);
}
