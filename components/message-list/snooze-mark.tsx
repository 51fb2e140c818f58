import { AlarmClock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { formatComing } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { awakened, snoozedUntil } from '#lib/mail/snooze.ts';

export interface SnoozeWords {
  shown: string;
  spoken: string;
}

/** Of a message that waits when it comes back; of one that came back and was not read, that it did. Null for all others. */
export function useSnoozeWords(): (
  row: Pick<MessageSummary, 'keywords'>,
  role: MailboxRole | null,
) => SnoozeWords | null {
  const t = useTranslations('list');
  const format = useFormat();
  return ({ keywords }, role) => {
    const until = role === 'snoozed' ? snoozedUntil(keywords) : null;
    if (until !== null) {
      const time = formatComing(until, format);
      return { shown: t('wakes', { time }), spoken: t('wakesSpoken', { time }) };
    }
    const isBack = role !== 'snoozed' && keywords.includes(awakened) && !keywords.includes('$seen');
    return isBack ? { shown: t('awakened'), spoken: t('awakenedSpoken') } : null;
  };
}

export function SnoozeMark({ words }: { words: SnoozeWords | null }) {
  if (!words) return null;
  return (
    <span
      dir="auto"
      className="flex shrink-0 items-center gap-1 rounded-md bg-hover px-1.5 text-tiny leading-[15px] font-medium text-accent tabular-nums"
    >
      <Icon of={AlarmClock} size={12} />
      {words.shown}
    </span>
  );
}
