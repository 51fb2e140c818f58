import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { SenderTruth, SenderWarning } from '#lib/mail/sender-truth.ts';

/** What a careful reader should know of the sender, in words. Nothing where there is nothing to say. */
export function SenderWarnings({ truth }: { truth: SenderTruth }) {
  const t = useTranslations('sender');
  if (truth.warnings.length === 0) return null;
  return (
    <div role="note" className="mt-3 rounded-md border-s-4 border-warn bg-hover px-3 py-2 text-meta leading-normal">
      {truth.warnings.map((warning, index) => (
        <p key={index} className="flex items-start gap-2 py-0.5">
          <Icon of={ShieldAlert} size={16} className="mt-0.5 shrink-0 text-warn" />
          <span>{t(warning.kind, valuesOf(warning))}</span>
        </p>
      ))}
    </div>
  );
}

/** The same for who asks: what the mail server checked, who signed, where replies go. For the unfolded heading. */
export function SenderChecks({ truth }: { truth: SenderTruth }) {
  const t = useTranslations('sender');
  const { checks, signedBy, repliesTo } = truth;
  const isProven = checks?.dmarc === 'pass';
  return (
    <>
      <dt className="text-end">{t('checked')}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
        {isProven ? <Icon of={ShieldCheck} size={14} className="shrink-0 text-live" /> : null}
        <span>{checks === null ? t('unchecked') : isProven ? t('proven') : t('unproven')}</span>
        {checks ? (
          <span className="text-small tabular-nums">
            {(['spf', 'dkim', 'dmarc', 'arc'] as const)
              .map((name) => `${name.toUpperCase()} ${t(checks[name])}`)
              .join(' · ')}
          </span>
        ) : null}
      </dd>
      {signedBy.length > 0 ? (
        <>
          <dt className="text-end">{t('signedBy')}</dt>
          <dd className="min-w-0 truncate">
            <bdi dir="ltr">{signedBy.map(visibleText).join(', ')}</bdi>
          </dd>
        </>
      ) : null}
      {repliesTo ? (
        <>
          <dt className="text-end">{t('repliesTo')}</dt>
          <dd className="min-w-0 truncate">
            <bdi dir="ltr">{visibleText(repliesTo)}</bdi>
          </dd>
        </>
      ) : null}
    </>
  );
}

function valuesOf(warning: SenderWarning): Record<string, string> {
  if (warning.kind === 'look-alike') return { domain: visibleText(warning.domain) };
  if (warning.kind === 'replies-elsewhere') return { address: visibleText(warning.address) };
  return warning.kind === 'name-is-address' ? { claimed: visibleText(warning.claimed) } : {};
}
