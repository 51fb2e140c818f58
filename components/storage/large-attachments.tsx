import { FileMinus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { mailHref } from '#lib/client/mail-path.ts';
import { formatListDate } from '#lib/format/dates.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { LargeAttachment } from '#lib/mail/storage.ts';
import { LargeList } from './large-list.tsx';

/** The attachments that take most, each with the message it hangs on. */
export function LargeAttachments({
  attachments,
  among,
  canRemove,
  onRemove,
}: {
  attachments: readonly LargeAttachment[] | null;
  /** As in StorageReport. */
  among: number | null;
  /** Whether its original could be kept elsewhere. */
  canRemove: (ref: MessageRef) => boolean;
  onRemove: (ref: MessageRef) => void;
}) {
  const t = useTranslations('storage');
  const format = useFormat();
  return (
    <LargeList
      title={t('largestAttachments')}
      isKnown={attachments !== null}
      note={attachments && among !== null ? t('attachmentsAmong', { count: among }) : null}
    >
      {(attachments ?? []).map(({ ref, part, name, size, subject, receivedAt }) => (
        <li key={`${ref.mailbox} ${ref.uid} ${part}`} className="flex items-center gap-3 border-b border-line py-1.5">
          <a href={mailHref(ref.mailbox, ref.uid)} className="min-w-0 flex-1 hover:underline pointer-coarse:py-1.5">
            <bdi className="block truncate">{name}</bdi>
            <span className="block truncate text-small text-muted">
              <bdi>{visibleText(subject) || t('noSubject')}</bdi>, {formatListDate(receivedAt, format)}
            </span>
          </a>
          <span className="shrink-0 text-meta tabular-nums">{formatSize(size, format.locale)}</span>
          {canRemove(ref) ? (
            <IconButton
              icon={FileMinus}
              label={t('removeOf', { name: visibleText(subject) || t('noSubject') })}
              onClick={() => onRemove(ref)}
            />
          ) : null}
        </li>
      ))}
    </LargeList>
  );
}
