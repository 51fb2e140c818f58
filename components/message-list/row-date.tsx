import { formatFullDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { MessageSummary } from '#lib/mail/message.ts';

/** When it came: `date` in short, in full when pointed at. */
export function RowDate({ row, date, className = '' }: { row: MessageSummary; date: string; className?: string }) {
  const format = useFormat();
  return (
    <time
      dateTime={row.receivedAt}
      title={formatFullDate(row.receivedAt, format)}
      className={`ms-1 shrink-0 text-small text-muted tabular-nums ${className}`}
    >
      {date}
    </time>
  );
}
