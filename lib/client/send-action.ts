import { fromMailErrorValue, MailError } from '#lib/errors.ts';
import type { Result } from '#lib/errors.ts';
import { accountOfPage } from './fetch-json.ts';
import { renewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';

/**
 * Calls a Server Action, which is told whose page this is, and answers its value. Waits and calls again when the person
 * has to sign in again first. Throws a MailError; server-unreachable when the call itself did not come through.
 */
export async function sendAction<T>(call: (account: string | null) => Promise<Result<T>>): Promise<T> {
  for (;;) {
    const result = await call(accountOfPage()).catch((cause: unknown) => {
      throw new MailError('server-unreachable', { cause });
    });
    if (result.ok) return result.value;
    if (isSessionOver(result.error.code)) await sessionOver(result.error.code);
    else if (result.error.code === 'wrong-credentials') await renewed();
    else throw fromMailErrorValue(result.error);
  }
}
