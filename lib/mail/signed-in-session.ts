import { z } from 'zod';

/** A session of the account, for its list in the settings. Dates are ISO 8601 in UTC. */
export interface SignedInSession {
  /** Names the session and opens nothing. */
  id: string;
  isCurrent: boolean;
  kind: 'normal' | 'kept' | 'public';
  /** Browser and system, such as "Firefox, Linux"; empty where unknown. */
  device: string;
  /** The client's IP address at sign-in; empty where unknown. */
  place: string;
  signedInAt: string;
  lastUsedAt: string;
}

/** Which sessions of the account to end: one by its id, all but the current one, or all. */
export const sessionsToEndSchema = z.discriminatedUnion('which', [
  z.object({ which: z.literal('one'), id: z.string().regex(/^[\w-]{20,100}$/) }),
  z.object({ which: z.literal('others') }),
  z.object({ which: z.literal('all') }),
]);

export type SessionsToEnd = z.infer<typeof sessionsToEndSchema>;
