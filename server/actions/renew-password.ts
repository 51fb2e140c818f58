'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import type { Result } from '#lib/errors.ts';
import { renewAuthSession } from '#server/auth/auth-session.ts';
import { clientAddress } from '#server/auth/client-address.ts';
import { limitSignIn } from '#server/auth/sign-in-limits.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { verifyCredentials } from '#server/imap/verify-credentials.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { mailAction } from './mail-action.ts';

/** No line breaks or NULs: they would be another command's beginning on the wire. */
const schema = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[^\0\r\n]+$/);

const run = mailAction(schema, async (auth, password) => {
  const session = imapSession(auth);
  // Whoever has a session proved the account's former password here.
  const attempt = { client: clientAddress(await headers()), account: session.accountKey, isKnownDevice: true };
  await limitSignIn(attempt, () => verifyCredentials(auth.account, password));
  imapSession(await renewAuthSession(password)); // Takes the new password over; its connections are opened anew.
  sessionFeed(session).reconnect();
  return null;
});

/** Signs in again in place: the session goes on with a password that was changed elsewhere. Nothing else of it changes. */
export async function renewPassword(password: string, account: string | null): Promise<Result<null>> {
  return run(password, account);
}
