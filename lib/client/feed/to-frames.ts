import type { MailEvent } from '#lib/mail/event.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';

/** The facts of one pull, as the feed or an answered change brings them. */
export interface Frame {
  token: SyncToken | null;
  events: readonly MailEvent[];
}

/** The facts an act led to, one frame for each mailbox: a token is one mailbox's. */
export function toFrames(events: readonly MailEvent[]): Frame[] {
  const byMailbox = Map.groupBy(events, (event) => ('mailbox' in event ? event.mailbox : null));
  return [...byMailbox.values()].map((own) => {
    const token = own.findLast((event) => event.type === 'mailbox-counts')?.counts.token ?? null;
    return { token: token && parseSyncToken(token) ? token : null, events: own };
  });
}
