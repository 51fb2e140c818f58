import { useTranslations } from 'use-intl';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { useQuotaText } from '#lib/client/storage/use-quota-text.ts';
import { fullestOf, levelOf } from '#lib/mail/quota.ts';

/** How full the account is (RFC 9208), where the server says so; leads to what takes the space. */
export function QuotaMeter() {
  const t = useTranslations('storage');
  const { quota } = useMailboxes();
  const text = useQuotaText(quota);
  const fullest = fullestOf(quota);
  if (!fullest || text === null) return null;
  const level = levelOf(quota);
  const percent = Math.min(100, Math.round(fullest.share * 100));
  return (
    <a
      href="/settings/storage"
      aria-label={t('meterLink', { text })}
      className="mx-2 flex flex-col justify-center rounded-md px-2 py-2 text-small text-muted hover:bg-hover pointer-coarse:min-h-11"
    >
      <span
        role="meter"
        aria-label={t('quota')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
        className="mb-1.5 block h-1 overflow-hidden rounded-full bg-pressed forced-colors:border"
      >
        <span
          className={`block h-full forced-colors:bg-[Highlight] ${level >= 95 ? 'bg-danger' : level >= 80 ? 'bg-star' : 'bg-accent'}`}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span aria-hidden>{level >= 80 ? t('nearlyFull', { text }) : text}</span>
    </a>
  );
}
