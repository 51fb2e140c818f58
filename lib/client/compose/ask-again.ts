import { isMailError, toMailErrorValue } from '../../errors.ts';
import type { MailErrorValue } from '../../errors.ts';
import { fetchJson } from '../fetch-json.ts';
import { renewed } from '../renewal.ts';
import { sessionOver } from '../session-over.ts';

/**
 * Posts, and when the session is over or its password no longer holds, waits until the person has signed in again in place and posts once more;
 * meanwhile `tell` says why. Throws a MailError.
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
      const code = isMailError(error) ? error.code : null;
      if (!isMailError(error) || isEnded() || (code !== 'wrong-credentials' && code !== 'not-signed-in')) throw error;
      tell(toMailErrorValue(error));
      await (code === 'not-signed-in' ? sessionOver() : renewed());
    }
  }
}
