import { CornerUpLeft, CornerUpRight, Paperclip, Star } from 'lucide-react';
import { memo, useState } from 'react';
import type { MouseEvent, PointerEvent, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { LabelFilter } from '#components/labels/label-chip.tsx';
import { Marked } from '#components/search/marked.tsx';
import { whoMarks } from '#components/search/marks.ts';
import type { Marks } from '#components/search/marks.ts';
import { Icon } from '#components/ui/icon.tsx';
import { formatFullDate, formatListDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Label } from '#lib/mail/label.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { ListRow } from '#lib/client/message-list.ts';
import type { MessageRef, MessageSummary } from '#lib/mail/message.ts';
import { MutedMark } from './muted-mark.tsx';
import { RowHover } from './row-hover.tsx';
import { useRowName, useSubject, useWho } from './row-name.ts';
import { SnoozeMark, useSnoozeWords } from './snooze-mark.tsx';
import { SwipeGround } from './swipe-ground.tsx';
import type { Direction } from './swipe.ts';
import type { RowSwipe } from './use-row-swipe.ts';
import { useRowTouch } from './use-row-touch.ts';

export interface RowActions {
  onClick(row: ListRow, event: MouseEvent): void;
  onSelect(row: ListRow, event: MouseEvent): void;
  onStar(row: ListRow, value: boolean): void;
  onContextMenu(row: ListRow, event: MouseEvent<HTMLElement>): void;
  onFocus(row: ListRow): void;
  onLongPress(row: ListRow): void;
  swipe: RowSwipe;
  /** A mouse came to the row, left it, or a button or finger went down on it. */
  onRest(message: MessageRef): void;
  onLeave(): void;
  onPress(message: MessageRef): void;
  /** A mouse button went down on it, which may become a drag. */
  onGrab(row: ListRow, event: PointerEvent): void;
}

interface Props {
  row: ListRow;
  rowIndex: number;
  top: number;
  height: number;
  role: MailboxRole | null;
  /** The name of its mailbox, where the rows are of several. */
  place: string | null;
  /** What was searched for. */
  marks: Marks;
  density: 'comfortable' | 'compact';
  isSelected: boolean;
  isOpen: boolean;
  isStop: boolean;
  labelsOf: (keywords: readonly Keyword[]) => Label[];
  actions: RowActions;
}

/** One message of the list. Clicking opens it; the box and the star act on it; Shift and Ctrl select. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { row, rowIndex, top, height, role, place, marks, density, isSelected, isOpen, isStop, labelsOf, actions } =
    props;
  const [isHovered, setHovered] = useState(false);
  const { drawn, handlers } = useRowTouch({
    canSwipe: (direction) => actions.swipe.commandFor(row, direction) !== null,
    onSwipe: (direction) => actions.swipe.swipe(row, direction),
    onLongPress: () => actions.onLongPress(row),
  });
  const direction: Direction = (drawn?.x ?? 0) > 0 ? 'right' : 'left';
  const swipe = drawn ? actions.swipe.commandFor(row, direction) : null;
  const format = useFormat();
  const who = useWho()(row, role);
  const date = formatListDate(row.receivedAt, format);
  const labels = labelsOf(row.keywords);
  const snoozed = useSnoozeWords()(row, role);
  const name = useRowName()(row, who, labels, date, place, snoozed?.spoken ?? null);
  const count = row.thread?.uids.length ?? 1;
  const has = (keyword: string) => row.keywords.includes(keyword);
  const isUnread = !has('$seen');
  const tint = isSelected
    ? 'bg-selected [--row-tint:var(--selected)]'
    : isOpen
      ? 'bg-open [--row-tint:var(--open)]'
      : 'hover:bg-hover [--row-tint:var(--hover)]';
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      aria-current={isOpen ? 'true' : undefined}
      aria-label={name}
      data-id={row.id}
      data-uid={row.uid}
      data-unread={isUnread}
      data-flagged={has('$flagged')}
      data-answered={has('$answered')}
      tabIndex={isStop ? 0 : -1}
      className={`group absolute inset-x-0 flex items-stretch touch-pan-y border-b border-line text-list select-none ${has('$deleted') ? 'text-muted line-through' : ''} ${tint} ${isOpen ? 'shadow-[inset_3px_0_var(--accent)] rtl:shadow-[inset_-3px_0_var(--accent)]' : ''}`}
      style={{ transform: `translateY(${top}px)`, height }}
      {...handlers}
      onClick={(event) => actions.onClick(row, event)}
      onFocus={() => actions.onFocus(row)}
      onContextMenu={(event) => actions.onContextMenu(row, event)}
      onPointerEnter={({ pointerType }) => {
        if (pointerType !== 'mouse') return;
        setHovered(true);
        actions.onRest(row.ref);
      }}
      onPointerLeave={() => {
        setHovered(false);
        actions.onLeave();
      }}
      onPointerDown={(event) => {
        handlers.onPointerDown(event);
        if (event.button !== 0) return;
        actions.onPress(row.ref);
        actions.onGrab(row, event);
      }}
    >
      {drawn && swipe ? <SwipeGround command={swipe} {...drawn} /> : null}
      <div
        className={`flex min-w-0 flex-1 items-stretch ps-1 pe-3 ${drawn ? 'relative bg-surface' : ''}`}
        style={drawn ? { transform: `translateX(${drawn.x}px)` } : undefined}
      >
        <SelectCell isSelected={isSelected} isUnread={isUnread} onSelect={(event) => actions.onSelect(row, event)} />
        {density === 'compact' ? (
          <CompactCells {...{ row, role, who, count, labels, snoozed, isUnread, place, marks }} />
        ) : (
          <ComfortableCells
            {...{ row, role, who, count, labels, snoozed, isUnread, place, marks }}
            date={<RowDate row={row} date={date} />}
          />
        )}
        {density === 'compact' ? <RowDate row={row} date={date} className="self-center" /> : null}
        {isHovered ? <RowHover row={row} /> : null}
        <StarCell isStarred={has('$flagged')} onStar={(value) => actions.onStar(row, value)} />
      </div>
    </div>
  );
});

function SelectCell({
  isSelected,
  isUnread,
  onSelect,
}: {
  isSelected: boolean;
  isUnread: boolean;
  onSelect: (event: MouseEvent) => void;
}) {
  const t = useTranslations('list');
  return (
    <div role="gridcell" className="relative flex w-8 shrink-0 items-center justify-center pointer-coarse:w-11">
      {isUnread && !isSelected ? (
        <span className="pointer-events-none absolute size-2 rounded-full bg-accent group-hover:opacity-0 pointer-coarse:group-hover:opacity-100 forced-colors:bg-[Highlight]" />
      ) : null}
      <input
        type="checkbox"
        aria-label={t('select')}
        checked={isSelected}
        readOnly
        tabIndex={-1}
        className={`size-4 accent-accent focus-visible:opacity-100 pointer-coarse:size-11 ${isSelected ? '' : 'opacity-0 group-hover:opacity-100 pointer-coarse:opacity-0'}`}
        onClick={(event) => {
          event.stopPropagation();
          onSelect(event);
        }}
      />
    </div>
  );
}

function StarCell({ isStarred, onStar }: { isStarred: boolean; onStar: (value: boolean) => void }) {
  const t = useTranslations('list');
  return (
    <div role="gridcell" className="flex shrink-0 items-center">
      <button
        type="button"
        aria-label={t('star')}
        aria-pressed={isStarred}
        tabIndex={-1}
        className={`-me-1.5 flex size-7 items-center justify-center rounded-md hover:bg-pressed pointer-coarse:size-11 ${isStarred ? 'text-star' : 'text-line-strong hover:text-ink'}`}
        onClick={(event) => {
          event.stopPropagation();
          onStar(!isStarred);
        }}
      >
        <Star size={16} strokeWidth={1.75} fill={isStarred ? 'currentColor' : 'none'} aria-hidden="true" />
      </button>
    </div>
  );
}

interface CellProps {
  row: MessageSummary;
  role: MailboxRole | null;
  who: string;
  /** Messages of the conversation; 1: a message by itself. */
  count: number;
  labels: readonly Label[];
  snoozed: ReturnType<ReturnType<typeof useSnoozeWords>>;
  isUnread: boolean;
  place: string | null;
  marks: Marks;
}

function ComfortableCells({
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
        <span className="flex min-w-0 flex-1 items-baseline gap-1.5">
          <span
            dir="auto"
            className={`min-w-0 line-clip text-ellipsis whitespace-nowrap page-side ${isUnread ? 'font-semibold' : ''}`}
          >
            <Marked text={who} marks={whoMarks(marks, role)} />
          </span>
          <Count of={count} />
        </span>
        <Signs row={row} />
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
        <Labels labels={labels} />
      </div>
      <div dir="auto" className="line-clip text-ellipsis whitespace-nowrap page-side text-small text-muted">
        <Marked text={visibleText(row.preview ?? '') || '\u00a0'} marks={marks.preview} />
      </div>
    </div>
  );
}

function CompactCells({ row, role, who, count, labels, snoozed, isUnread, place, marks }: CellProps) {
  const subject = useSubject()(row.subject);
  return (
    <div role="gridcell" className="flex min-w-0 flex-1 items-center gap-2">
      <span className="flex w-[36%] max-w-44 shrink-0 items-baseline gap-1.5">
        <span
          dir="auto"
          className={`min-w-0 line-clip text-ellipsis whitespace-nowrap page-side ${isUnread ? 'font-semibold' : ''}`}
        >
          <Marked text={who} marks={whoMarks(marks, role)} />
        </span>
        <Count of={count} />
      </span>
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
      <Labels labels={labels} />
      <Signs row={row} />
    </div>
  );
}

function RowDate({ row, date, className = '' }: { row: MessageSummary; date: string; className?: string }) {
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

/** Answered, forwarded, attachment: small, in a fixed order, told in words by the row's name. */
function Signs({ row }: { row: MessageSummary }) {
  const forwarded = row.keywords.some((keyword) => keyword.toLowerCase() === '$forwarded');
  return (
    <span className="flex shrink-0 items-center gap-1 self-center text-faint">
      {row.keywords.includes('$answered') ? <Icon of={CornerUpLeft} size={13} /> : null}
      {forwarded ? <Icon of={CornerUpRight} size={13} /> : null}
      {row.hasAttachment ? <Icon of={Paperclip} size={13} /> : null}
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

/** Drawn at most; the row's name has all. */
const maxLabels = 3;

function Labels({ labels }: { labels: readonly Label[] }) {
  if (labels.length === 0) return null;
  const more = labels.length - maxLabels;
  return (
    <span className="flex max-w-[60%] min-w-8 shrink-0 items-center gap-1">
      {labels.slice(0, maxLabels).map((label) => (
        <LabelFilter key={label.keyword} label={label} isInRow className="max-w-24 min-w-0" />
      ))}
      {more > 0 ? <span className="text-tiny text-muted">+{more}</span> : null}
    </span>
  );
}
