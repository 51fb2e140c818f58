import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { renewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';

/**
 * Posts, and when the session is over or its password no longer holds, waits until the person has signed in again in
 * place and posts once more; meanwhile `tell` says why. Throws a MailError.
 */
export async function askAgain<T>(
  address: string,
  body: unknown,
  { tell, isEnded }: { tell: (error: MailErrorValue) => void; isEnded: () => boolean },
): Promise<T> {
  for (;;) {
    try {
      return await fetchJson<T>(address, { body });
    } catch (error) {
      if (!isMailError(error) || isEnded()) throw error;
      if (error.code !== 'wrong-credentials' && !isSessionOver(error.code)) throw error;
      tell(toMailErrorValue(error));
      await (isSessionOver(error.code) ? sessionOver(error.code) : renewed());
    }
  }
}
