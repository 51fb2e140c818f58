import 'server-only';
import type { Quota } from '#lib/mail/quota.ts';
import { readQuota } from '#server/imap/read-quota.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** A burst of changes is asked for once. Milliseconds. */
const pauseMs = 2_000;

/**
 * Tells how full the account is whenever that may be another: IMAP does not say it by itself (RFC 9208 section 4.2 lets a server, but none
 * has to). An account without a limit is not asked again.
 */
export function makeQuotaTeller(session: ImapSession, tell: (quota: Quota | null) => void) {
  let timer: NodeJS.Timeout | undefined;
  let told: string | null = null;
  let hasLimit = true;

  async function ask(): Promise<void> {
    timer = undefined; // What changes while it is asked is asked for anew.
    const quota = await readQuota(session).catch(() => undefined); // The next change asks again.
    if (quota === undefined) return;
    hasLimit = quota !== null;
    const now = JSON.stringify(quota);
    if (now === told) return;
    told = now;
    if (hasLimit) tell(quota);
  }

  return {
    mayHaveChanged(): void {
      if (!hasLimit || timer) return;
      timer = setTimeout(() => void ask(), pauseMs);
      timer.unref();
    },
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
      hasLimit = true;
    },
  };
}
