import { useTranslations } from 'use-intl';
import { useMailboxes } from '#lib/client/use-mailboxes.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';

/** From here on the meter warns. */
const nearlyFull = 0.8;

/** How full the account is (RFC 9208), where the server says so. */
export function QuotaMeter() {
  const t = useTranslations('mailbox');
  const { locale } = useFormat();
  const { quota } = useMailboxes();
  if (!quota || quota.limitBytes <= 0) return null;
  const share = Math.min(1, quota.usedBytes / quota.limitBytes);
  const values = { used: formatSize(quota.usedBytes, locale), limit: formatSize(quota.limitBytes, locale) };
  const isNearlyFull = share >= nearlyFull;
  const text = isNearlyFull ? t('quotaNearlyFull', values) : t('quotaUsed', values);
  return (
    <div className="px-4 py-2 text-small text-muted">
      <div
        role="meter"
        aria-label={t('quota')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
        className="mb-1.5 h-1 overflow-hidden rounded-full bg-pressed"
      >
        <div className={`h-full ${isNearlyFull ? 'bg-star' : 'bg-accent'}`} style={{ width: `${share * 100}%` }} />
      </div>
      {text}
    </div>
  );
}
