import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { TaskRegion } from '#components/bulk/task-region.tsx';
import { useAct } from '#components/commands/use-act.ts';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Button } from '#components/ui/button.tsx';
import { useActState } from '#lib/client/acts/act-store.ts';
import { useTasks } from '#lib/client/bulk/bulk-store.ts';
import { keys } from '#lib/client/keys.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { useQuotaText } from '#lib/client/storage/use-quota-text.ts';
import { useStorageReport } from '#lib/client/storage/use-storage-report.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { fullestOf, levelOf } from '#lib/mail/quota.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import { BarTable } from './bar-table.tsx';
import { CleanUpDialog } from './clean-up-dialog.tsx';
import type { CleanUp } from './clean-up-dialog.tsx';
import { LargeAttachments } from './large-attachments.tsx';
import { LargeMessages } from './large-messages.tsx';
import { RemoveAttachmentsDialog } from './remove-attachments-dialog.tsx';
import { ReadingProgress } from './reading-progress.tsx';
import { YearChart } from './year-chart.tsx';

/** What takes the space in the account, and what makes room. */
export function StoragePage() {
  const t = useTranslations('storage');
  const { locale } = useFormat();
  const client = useQueryClient();
  const nameOf = useMailboxName();
  const { mailboxes, quota } = useMailboxes();
  const quotaText = useQuotaText(quota);
  const { report, status, error, read, stop } = useStorageReport();
  const act = useAct(mailboxes);
  const [removed, setRemoved] = useState<MessageRef | null>(null);
  const [cleanUp, setCleanUp] = useState<CleanUp | null>(null);
  const size = (bytes: number) => formatSize(bytes, locale);
  const mailboxName = (path: string) => {
    const mailbox = mailboxes.find((one) => one.path === path);
    return mailbox ? nameOf(mailbox) : path;
  };

  useWhenWorkEnds(() => {
    void client.invalidateQueries({ queryKey: keys.mailboxes });
    read();
  });

  if (error && !report.mailboxes) return <ErrorNotice error={error} onRetry={read} />;
  const listed = report.mailboxes ?? [];
  const total = listed.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const fullest = fullestOf(quota);
  const others = report.otherSenders;
  return (
    <div className="mb-7">
      <p className="mb-1 text-hero font-semibold tracking-tight tabular-nums">{size(total)}</p>
      <p className="mb-3 text-meta leading-normal text-muted">
        {t('total', { count: listed.reduce((sum, { messages }) => sum + messages, 0) })}{' '}
        {quotaText ? t('ofQuota', { text: quotaText, percent: Math.round((fullest?.share ?? 0) * 100) }) : t('noQuota')}
      </p>
      {fullest ? (
        <div
          role="meter"
          aria-label={t('quota')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.min(100, Math.round(fullest.share * 100))}
          aria-valuetext={quotaText ?? undefined}
          className="mb-4 h-2 overflow-hidden rounded-full bg-pressed forced-colors:border"
        >
          <div
            className={`h-full forced-colors:bg-[Highlight] ${levelOf(quota) >= 95 ? 'bg-danger' : levelOf(quota) >= 80 ? 'bg-star' : 'bg-accent'}`}
            style={{ width: `${Math.min(100, fullest.share * 100)}%` }}
          />
        </div>
      ) : null}
      <div className="mb-6 flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={() => setCleanUp({})}>
          {t('cleanUp')}
        </Button>
        <ReadingProgress report={report} status={status} onStop={stop} onRead={read} />
      </div>
      {error ? <ErrorNotice error={error} onRetry={read} /> : null}
      {report.unread?.length ? (
        <p role="status" className="mb-4 text-meta text-muted">
          {t('unread', { names: report.unread.map(mailboxName).join(', ') })}
        </p>
      ) : null}
      <BarTable
        title={t('byMailbox')}
        name={t('mailbox')}
        rows={listed
          .filter(({ messages }) => messages > 0)
          .map(({ path, messages, bytes }) => ({
            key: path,
            name: mailboxName(path),
            messages,
            bytes,
            onCleanUp: () => setCleanUp({ mailbox: path }),
          }))}
      />
      <YearChart years={report.years ?? null} onCleanUp={(year) => setCleanUp({ year })} />
      <BarTable
        title={t('bySender')}
        name={t('sender')}
        rows={
          report.senders?.map(({ address, name, messages, bytes }) => ({
            key: address,
            name: name ?? (address || t('noSender')),
            ...(name ? { detail: address } : {}),
            messages,
            bytes,
            ...(address ? { onCleanUp: () => setCleanUp({ from: address }) } : {}),
          })) ?? null
        }
        note={
          others && others.senders > 0
            ? t(others.isRounded ? 'otherSendersRounded' : 'otherSenders', {
                senders: others.senders,
                count: others.messages,
                size: size(others.bytes),
              })
            : null
        }
      />
      <LargeMessages messages={report.messages ?? null} mailboxName={mailboxName} />
      <LargeAttachments
        attachments={report.attachments ?? null}
        among={report.attachmentsAmong ?? null}
        canRemove={({ mailbox }) => {
          const role = mailboxes.find(({ path }) => path === mailbox)?.role;
          return role !== 'trash' && role !== 'drafts';
        }}
        onRemove={setRemoved}
      />
      {cleanUp ? <CleanUpDialog initial={cleanUp} mailboxes={mailboxes} onClose={() => setCleanUp(null)} /> : null}
      {removed ? (
        <RemoveAttachmentsDialog
          message={removed}
          mailboxes={mailboxes}
          onRemove={act}
          onClose={() => setRemoved(null)}
        />
      ) : null}
      <TaskRegion mailboxes={mailboxes} />
    </div>
  );
}

/** Runs when a task ends, and when the last act is carried out, while this is shown. */
function useWhenWorkEnds(run: () => void): void {
  const isActing = useActState().items.length > 0;
  const wasActing = useRef(isActing);
  const ended = useTasks().filter(isEnded);
  const known = useRef(new Set<string>());
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const news = ended.filter(({ id }) => !known.current.has(id));
    for (const { id } of news) known.current.add(id);
    if (news.length > 0) latest.current();
  }, [ended]);
  useEffect(() => {
    if (wasActing.current && !isActing) latest.current();
    wasActing.current = isActing;
  }, [isActing]);
}
