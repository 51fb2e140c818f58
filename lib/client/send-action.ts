import { fromMailErrorValue, MailError } from '../errors.ts';
import type { Result } from '../errors.ts';
import { renewed } from './renewal.ts';
import { sessionOver } from './session-over.ts';

/**
 * Calls a Server Action and answers its value. Waits and calls again when the person has to sign in again first. Throws a MailError;
 * server-unreachable when the call itself did not come through.
 */
export async function sendAction<T>(call: () => Promise<Result<T>>): Promise<T> {
  for (;;) {
    const result = await call().catch((cause: unknown) => {
      throw new MailError('server-unreachable', { cause });
    });
    if (result.ok) return result.value;
    if (result.error.code === 'not-signed-in') await sessionOver();
    else if (result.error.code === 'wrong-credentials') await renewed();
    else throw fromMailErrorValue(result.error);
  }
}
