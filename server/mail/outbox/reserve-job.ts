import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import { accountKey } from '#server/auth/account.ts';
import { env } from '#server/env.ts';
import { reserveOutboxRow } from '#server/store/outbox-rows.ts';
import type { OutboxRow } from '#server/store/outbox-rows.ts';
import { sealedFields } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';

/** A place in the outbox. Times are Unix milliseconds. */
export interface Place {
  id: string;
  /** What it is made of: only one job at a time is. */
  draft: string;
  sendAt: number;
  isScheduled: boolean;
  recipients: number;
  now: number;
  /** A process that dies while it prepares holds the place for no longer than this, in milliseconds. */
  prepareWithin: number;
}

/**
 * Takes a place in the outbox for a message that is not written down yet; whoever has the lease fills it or gives it up. Answers the row
 * that has the id already, or `taken` where the draft is being sent under another. Throws sending-limit with the seconds to wait.
 */
export function reserveJob(
  job: OutboxJob,
  { id, draft, sendAt, isScheduled, recipients, now, prepareWithin }: Place,
): { lease: string } | { known: OutboxRow } | { taken: true } {
  const lease = randomUUID();
  const refused = reserveOutboxRow(
    {
      id,
      account_key: accountKey(job.account),
      draft,
      state: 'preparing',
      phase: 'queued',
      send_at: sendAt,
      scheduled: isScheduled ? 1 : 0,
      attempts: 0,
      reason: null,
      recipients,
      lease,
      lease_until: now + prepareWithin,
      created_at: now,
      ...sealedFields(job, id),
    },
    env().sending,
  );
  if (refused && 'limited' in refused) throw new MailError('sending-limit', { retryAfter: refused.limited });
  return refused ?? { lease };
}
