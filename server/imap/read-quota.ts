import 'server-only';
import type { ImapSession } from './sessions.ts';
import { withConnection } from './with-mailbox.ts';

export interface Quota {
  usedBytes: number;
  limitBytes: number;
}

/** Storage quota of INBOX's root (RFC 9208); null where the server has none or does not say. Never throws for a NO. */
export async function readQuota(session: ImapSession, signal?: AbortSignal): Promise<Quota | null> {
  return withConnection(
    session.commands,
    async (client) => {
      if (!client.capabilities.has('QUOTA')) return null;
      const quota = await client.getQuota('INBOX');
      const storage = quota ? quota.storage : undefined;
      if (!storage?.limit) return null;
      return { usedBytes: storage.usage ?? 0, limitBytes: storage.limit };
    },
    { signal },
  );
}
