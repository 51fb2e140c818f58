import { AlarmClock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { formatComing } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { snoozedUntil } from '#lib/mail/snooze.ts';

/**
 * Says of what is open until when it is snoozed, the first to come back of several; nothing of what is not in the
 * mailbox where that waits.
 */
export function SnoozedNote({
  messages,
  className = '',
}: {
  messages: readonly { ref: MessageRef; keywords: readonly Keyword[] }[];
  className?: string;
}) {
  const t = useTranslations('message');
  const format = useFormat();
  const { mailboxes } = useMailContext();
  const waiting = mailboxes.find(({ role }) => role === 'snoozed')?.path;
  const times = messages.flatMap(({ ref, keywords }) =>
    ref.mailbox === waiting ? (snoozedUntil(keywords) ?? []) : [],
  );
  const [first] = times.toSorted();
  if (first === undefined) return null;
  return (
    <p
      className={`flex min-h-6 w-fit items-center gap-1.5 rounded-md bg-hover px-1.5 text-small font-medium text-accent tabular-nums ${className}`}
    >
      <Icon of={AlarmClock} size={14} />
      {t('snoozedUntil', { time: formatComing(first, format) })}
    </p>
  );
}
