import 'server-only';
import { singleton } from '#server/singleton.ts';
import { extensionsOf, withSubmission } from './submission.ts';
import type { Extensions } from './submission.ts';

/** Milliseconds for which what the server said is believed; after a failure it is asked again soon. */
const believedFor = 10 * 60_000;

const known = singleton('smtp-extensions', () => ({ asked: null as Promise<Extensions> | null, at: 0 }));

/** What the submission server can do and takes, asked by EHLO without signing in, for everybody once in a while. Throws a MailError. */
export async function readExtensions(now = Date.now()): Promise<Extensions> {
  if (known.asked && now < known.at + believedFor) return known.asked;
  const asked = withSubmission(async (connection) => extensionsOf(connection));
  known.asked = asked;
  known.at = now;
  try {
    return await asked;
  } catch (error) {
    known.asked = null;
    throw error;
  }
}
