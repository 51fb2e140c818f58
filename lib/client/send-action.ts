import { fromMailErrorValue } from '#lib/errors.ts';
import type { Result } from '#lib/errors.ts';
import { callAction } from './call-action.ts';
import { accountOfPage } from './fetch-json.ts';
import { renewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';

/**
 * Calls a Server Action, which is told whose page this is, and answers its value. Waits and calls again when the person
 * has to sign in again first. Throws a MailError; server-unreachable when the call itself did not come through,
 * page-outdated when the server does not know the action any more.
 */
export async function sendAction<T>(call: (account: string | null) => Promise<Result<T>>): Promise<T> {
  for (;;) {
    const result = await callAction(call(accountOfPage()));
    if (result.ok) return result.value;
    if (isSessionOver(result.error.code)) await sessionOver(result.error.code);
    else if (result.error.code === 'wrong-credentials') await renewed();
    else throw fromMailErrorValue(result.error);
  }
}
