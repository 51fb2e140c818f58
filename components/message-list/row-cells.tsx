import type { ReactNode } from 'react';
import { Marked } from '#components/search/marked.tsx';
import { whoMarks } from '#components/search/marks.ts';
import type { Marks } from '#components/search/marks.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Label } from '#lib/mail/label.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { MutedMark } from './muted-mark.tsx';
import { RowLabels } from './row-labels.tsx';
import { useSubject } from './row-name.ts';
import { RowSigns } from './row-signs.tsx';
import { SnoozeMark } from './snooze-mark.tsx';
import type { SnoozeWords } from './snooze-mark.tsx';

interface CellProps {
  row: MessageSummary;
  role: MailboxRole | null;
  who: string;
  /** Messages of the conversation; 1: a message by itself. */
  count: number;
  labels: readonly Label[];
  snoozed: SnoozeWords | null;
  isUnread: boolean;
  place: string | null;
  marks: Marks;
}

/** Three lines: who and when, the subject, the first words. */
export function ComfortableCells({
  row,
  role,
  who,
  count,
  labels,
  snoozed,
  isUnread,
  place,
  marks,
  date,
}: CellProps & { date: ReactNode }) {
  const subject = useSubject()(row.subject);
  return (
    <div role="gridcell" className="flex min-w-0 flex-1 flex-col justify-center leading-[16px]">
      <div className="flex items-baseline gap-2">
        <Who {...{ who, count, role, marks, isUnread }} className="min-w-0 flex-1" />
        <RowSigns row={row} />
        {date}
      </div>
      <div className="flex items-center gap-1.5">
        <span
          dir="auto"
          className={`min-w-0 line-clip text-ellipsis whitespace-nowrap page-side text-meta ${isUnread ? 'font-medium' : ''}`}
        >
          <Marked text={subject} marks={marks.subject} />
        </span>
        <SnoozeMark words={snoozed} />
        <MutedMark keywords={row.keywords} />
        {place === null ? null : <Place name={place} />}
        <RowLabels labels={labels} />
      </div>
      <div dir="auto" className="line-clip text-ellipsis whitespace-nowrap page-side text-small text-muted">
        <Marked text={visibleText(row.preview ?? '') || '\u00a0'} marks={marks.preview} />
      </div>
    </div>
  );
}

/** All in one line. */
export function CompactCells({ row, role, who, count, labels, snoozed, isUnread, place, marks }: CellProps) {
  const subject = useSubject()(row.subject);
  return (
    <div role="gridcell" className="flex min-w-0 flex-1 items-center gap-2">
      <Who {...{ who, count, role, marks, isUnread }} className="w-[36%] max-w-44 shrink-0" />
      <span
        dir="auto"
        className={`min-w-0 flex-1 line-clip text-ellipsis whitespace-nowrap page-side text-meta ${isUnread ? 'font-medium' : ''}`}
      >
        <Marked text={subject} marks={marks.subject} />
        <span className="font-normal text-muted">
          {row.preview ? <Marked text={` — ${visibleText(row.preview)}`} marks={marks.preview} /> : null}
        </span>
      </span>
      <SnoozeMark words={snoozed} />
      <MutedMark keywords={row.keywords} />
      {place === null ? null : <Place name={place} />}
      <RowLabels labels={labels} />
      <RowSigns row={row} />
    </div>
  );
}

/** Who wrote, or to whom it goes, and how many messages the conversation has. */
function Who({
  who,
  count,
  role,
  marks,
  isUnread,
  className,
}: Pick<CellProps, 'who' | 'count' | 'role' | 'marks' | 'isUnread'> & { className: string }) {
  return (
    <span className={`flex items-baseline gap-1.5 ${className}`}>
      <span
        dir="auto"
        className={`min-w-0 line-clip text-ellipsis whitespace-nowrap page-side ${isUnread ? 'font-semibold' : ''}`}
      >
        <Marked text={who} marks={whoMarks(marks, role)} />
      </span>
      <Count of={count} />
    </span>
  );
}

/** How many messages a conversation has; its row's name tells it in words. */
function Count({ of: count }: { of: number }) {
  if (count < 2) return null;
  return (
    <span
      aria-hidden="true"
      className="shrink-0 rounded-full bg-hover px-1.5 text-tiny leading-[15px] font-medium text-muted tabular-nums group-hover:bg-pressed"
    >
      {count}
    </span>
  );
}

/** Where a result lies. */
function Place({ name }: { name: string }) {
  return (
    <span
      dir="auto"
      className="max-w-28 shrink-0 truncate rounded-md border border-line-strong/40 px-1.5 text-tiny leading-[15px] text-muted"
    >
      {name}
    </span>
  );
}
