import 'server-only';
import { shareOf } from '#lib/mail/quota.ts';
import type { Quota, QuotaUse } from '#lib/mail/quota.ts';
import { execCommand, listOf, quoted, textOf } from './protocol.ts';
import type { ParsedNode } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withConnection } from './with-mailbox.ts';

/** STORAGE is counted in units of 1024 octets (RFC 9208 section 5.1). */
const storageUnit = 1024;

/**
 * Limits of INBOX (RFC 9208; RFC 2087 says the same by another capability), of several roots the one that is nearest to its limit.
 * Null where the server has none. Throws a MailError.
 */
export async function readQuota(session: ImapSession, signal?: AbortSignal): Promise<Quota | null> {
  return withConnection(
    session.commands,
    async (client) => {
      const offers = [...client.capabilities.keys()];
      if (!offers.some((name) => name === 'QUOTA' || name.startsWith('QUOTA=RES-'))) return null;
      const quota: Quota = { storage: null, messages: null };
      const take = (resources: ParsedNode[]) => {
        for (let at = 0; at + 2 < resources.length; at += 3) {
          const name = textOf(resources[at])?.toUpperCase();
          const use = toUse(resources[at + 1], resources[at + 2], name === 'STORAGE' ? storageUnit : 1);
          if (name === 'STORAGE') quota.storage = nearer(quota.storage, use);
          if (name === 'MESSAGE') quota.messages = nearer(quota.messages, use);
        }
      };
      await execCommand(client, 'GETQUOTAROOT', [quoted('INBOX')], {
        QUOTAROOT: () => {},
        QUOTA: ({ attributes = [] }) => take(listOf(attributes[1])),
      });
      return quota.storage || quota.messages ? quota : null;
    },
    { signal },
  );
}

function toUse(used: ParsedNode | undefined, limit: ParsedNode | undefined, unit: number): QuotaUse | null {
  const [a, b] = [textOf(used), textOf(limit)].map((text) => (text && /^\d{1,19}$/.test(text) ? Number(text) : NaN));
  // Some servers write "no limit" as 0.
  return a !== undefined && b !== undefined && a >= 0 && b > 0 ? { used: a * unit, limit: b * unit } : null;
}

function nearer(known: QuotaUse | null, other: QuotaUse | null): QuotaUse | null {
  if (!known || !other) return known ?? other;
  return shareOf(other) > shareOf(known) ? other : known;
}
