import 'server-only';
import { headers } from 'next/headers';
import type { z } from 'zod';
import { MailError, toMailErrorValue } from '#lib/errors.ts';
import type { Result } from '#lib/errors.ts';
import { refuseOtherAccount } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { requireAuthSession } from '#server/auth/auth-session.ts';
import { toKnownError } from '#server/auth/error-response.ts';
import { requireSameOrigin } from '#server/auth/same-origin.ts';

/**
 * Makes the body of a Server Action: our own page, a session, of the account that the page says it is of, valid input,
 * then `run`. Answers a Result and never throws: a thrown error would reach the browser as a bare digest.
 */
export function mailAction<T, R>(
  schema: z.ZodType<T>,
  run: (auth: AuthSession, input: T) => Promise<R>,
): (input: unknown, account: unknown) => Promise<Result<R>> {
  return async (input, account) => {
    try {
      requireSameOrigin(await headers());
      const auth = await requireAuthSession();
      refuseOtherAccount(account, auth.account);
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw new MailError('invalid-input');
      return { ok: true, value: await run(auth, parsed.data) };
    } catch (error) {
      return { ok: false, error: toMailErrorValue(toKnownError(error)) };
    }
  };
}
