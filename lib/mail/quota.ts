/** How much of a resource is used, of how much. */
export interface QuotaUse {
  used: number;
  limit: number;
}

/** Limits of the account (RFC 9208 section 5); null where the server sets none or does not tell. Storage in octets. */
export interface Quota {
  storage: QuotaUse | null;
  messages: QuotaUse | null;
}

/** Shares, in percent, from which on people are warned. */
const quotaLevels = [80, 95] as const;

export type QuotaLevel = 0 | (typeof quotaLevels)[number];

/** The resource that is nearest to its limit; null where there is no limit at all. */
export function fullestOf(
  quota: Quota | null,
): { resource: 'storage' | 'messages'; use: QuotaUse; share: number } | null {
  const storage = quota?.storage
    ? { resource: 'storage' as const, use: quota.storage, share: shareOf(quota.storage) }
    : null;
  const messages = quota?.messages
    ? { resource: 'messages' as const, use: quota.messages, share: shareOf(quota.messages) }
    : null;
  return storage && (!messages || storage.share >= messages.share) ? storage : messages;
}

/** From 0 to 1, and above where more is used than may be. */
export function shareOf({ used, limit }: QuotaUse): number {
  return limit > 0 ? used / limit : 1;
}

/** The last level of warning that was reached. */
export function levelOf(quota: Quota | null): QuotaLevel {
  const percent = (fullestOf(quota)?.share ?? 0) * 100;
  return quotaLevels.findLast((level) => percent >= level) ?? 0;
}
