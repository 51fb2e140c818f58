import { CircleCheck, CircleX, Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { DeliveryReport, ReportedRecipient } from '#lib/mail/delivery-report.ts';

const icons = {
  failed: CircleX,
  delayed: Clock,
  delivered: CircleCheck,
  relayed: CircleCheck,
  expanded: CircleCheck,
} as const;
const order: readonly ReportedRecipient['action'][] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];
/** Subject and detail of the enhanced status codes that have a sentence (RFC 3463 section 3). */
const explained = ['1-1', '1-2', '2-1', '2-2', '3-4', '4-1', '4-7', '7-1'] as const;

/** What became of a message, who did not get it first: the address, why, and the server's own words. */
export function DeliveryNotice({ report }: { report: DeliveryReport }) {
  const t = useTranslations('delivery');
  const recipients = [...report.recipients].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
  return (
    <ul aria-label={t('label')} className="mt-3 flex flex-col gap-2">
      {recipients.map(({ address, action, status, reason }, index) => {
        const why = explained.find((code) => code === status.split('.').slice(1).join('-'));
        return (
          <li
            key={`${address} ${index}`}
            className="flex items-start gap-2 rounded-md bg-hover px-3 py-2 text-meta leading-normal"
          >
            <Icon
              of={icons[action]}
              size={16}
              className={`mt-0.5 shrink-0 ${action === 'failed' ? 'text-danger' : 'text-muted'}`}
            />
            <div className="min-w-0">
              <p className="wrap-anywhere">
                <bdi className="font-semibold">{address}</bdi>
                <span className="ms-2 text-muted">{t(action)}</span>
              </p>
              {why ? <p>{t(`why-${why}`)}</p> : null}
              {reason ? (
                <p dir="auto" className="mt-0.5 text-muted wrap-anywhere">
                  {t('said')} <q>{reason}</q>
                </p>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
