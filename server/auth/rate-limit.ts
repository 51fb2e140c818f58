import 'server-only';
import { MailError } from '#lib/errors.ts';
import { singleton } from '#server/singleton.ts';
import { countUse } from '#server/store/rate-rows.ts';

interface Window {
  start: number;
  count: number;
}

const minuteMs = 60_000;
const maxEntries = 10_000;

const windows = singleton('rate-limits', () => new Map<string, Window>());

/** Counts one use by a session, over all server processes; throws rate-limited above so many in a minute. */
export function limitRate(what: string, sessionId: string, perMinute: number, now = Date.now()): void {
  const wait = countUse(`${what} ${sessionId}`, perMinute, minuteMs, now);
  if (wait !== null) throw new MailError('rate-limited', { retryAfter: Math.ceil(wait / 1000) });
}

/** The same by this process alone, for what may come by the hundred or from anybody: there a write for each would be the greater cost. */
export function limitRateHere(what: string, who: string, perMinute: number, now = Date.now()): void {
  const key = `${what} ${who}`;
  const known = windows.get(key);
  const current = known && now - known.start < minuteMs ? known : { start: now, count: 0 };
  current.count += 1;
  windows.delete(key); // Set anew: the map's order is from the one unused longest on.
  windows.set(key, current);
  const [oldest] = windows.keys();
  if (windows.size > maxEntries && oldest !== undefined) windows.delete(oldest);
  if (current.count > perMinute) {
    throw new MailError('rate-limited', { retryAfter: Math.ceil((current.start + minuteMs - now) / 1000) });
  }
}
