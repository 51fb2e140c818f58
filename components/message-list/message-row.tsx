import { memo, useState } from 'react';
import type { MouseEvent, PointerEvent } from 'react';
import type { Marks } from '#components/search/marks.ts';
import { formatListDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Label } from '#lib/mail/label.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { ComfortableCells, CompactCells } from './row-cells.tsx';
import { RowDate } from './row-date.tsx';
import { RowHover } from './row-hover.tsx';
import { useRowName, useWho } from './row-name.ts';
import { SelectCell } from './select-cell.tsx';
import { useSnoozeWords } from './snooze-mark.tsx';
import { StarCell } from './star-cell.tsx';
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
