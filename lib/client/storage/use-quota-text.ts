import { useTranslations } from 'use-intl';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { fullestOf } from '#lib/mail/quota.ts';
import type { Quota } from '#lib/mail/quota.ts';

/** How full the account is in words, "4.2 MB of 5 MB used"; null where there is no limit. */
export function useQuotaText(quota: Quota | null): string | null {
  const t = useTranslations('storage');
  const { locale } = useFormat();
  const fullest = fullestOf(quota);
  if (!fullest) return null;
  const { used, limit } = fullest.use;
  if (fullest.resource === 'messages') return t('messagesUsed', { used, limit });
  return t('bytesUsed', { used: formatSize(used, locale), limit: formatSize(limit, locale) });
}
