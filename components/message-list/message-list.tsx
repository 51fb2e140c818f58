import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { refused, toMark } from '#components/commands/reasons.ts';
import { aimedAtRows } from '#components/commands/run-command.ts';
import { star } from '#components/commands/star.ts';
import { useTellWhy } from '#components/commands/use-tell-why.ts';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { marksOf, noMarks } from '#components/search/marks.ts';
import { NothingFound } from '#components/search/nothing-found.tsx';
import { useLabelsOf } from '#lib/client/labels/use-labels.ts';
import { searchPlace } from '#lib/client/search/mail-search.ts';
import { openOrEdit } from '#lib/client/compose/open-or-edit.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';
import { MessageRow } from './message-row.tsx';
import type { RowActions } from './message-row.tsx';
import { SelectWhole } from './select-whole.tsx';
import { SkeletonRow } from './skeleton-row.tsx';
import { LateWords } from '#components/ui/late-words.tsx';
import { PullSign } from './pull-sign.tsx';
import { useAnchor } from './use-anchor.ts';
import { useGrab } from './use-grab.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useLikely } from './use-likely.ts';
import { usePullRefresh } from './use-pull-refresh.ts';
import { useRangeSelection } from './use-range-selection.ts';
import { useReturnFocus } from './use-return-focus.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useRowMenu } from './use-row-menu.tsx';
import { useRowSwipe } from './use-row-swipe.ts';
import { useRowWindow } from './use-row-window.ts';
import { useSelectWhole } from './use-select-whole.ts';

/** Drawn while nobody knows yet how many messages there are: as many as a tall window shows. */
const skeletons = Array.from({ length: 30 }, (_, index) => index + 1);

/** A mailbox's messages or what a search found, newest first, at any length; only the rows in sight are in the document. */
export function MessageList({ name }: { name: string }) {
  const t = useTranslations('list');
  const context = useMailContext();
  const { mailbox, mailboxes, list, search, selection, openId, change, refresh } = context;
  const { density } = usePreferences().preferences;
  const nameOf = useMailboxName();
  const labelsOf = useLabelsOf();
  const place = search ? searchPlace(mailbox, search) : mailbox;
  const rows = useRowWindow(place, list.messages, density);
  const { scroller, drawn, shown, rowHeight } = rows;
  const isPointerInside = useRef(false);
  const isHeld = useCallback(
    () => isPointerInside.current || scroller.current?.contains(document.activeElement) === true,
    [scroller],
  );
  const pulled = usePullRefresh(scroller, refresh);
  const above = useAnchor(place, list, selection.focusId, rows, isHeld);
  useReturnFocus(openId, selection);
  const goTo = useRowFocus(list, selection, rows);
  const selectRange = useRangeSelection(list, selection);
  const wholeList = useSelectWhole(list, selection);
  const page = Math.max(1, Math.floor(rows.viewport / rowHeight) - 1);
  const { menu, openMenu, onContextMenu } = useRowMenu();
  const selectWhole = wholeList.offer;
  const onKeyDown = useGridKeys({
    list,
    selection,
    page,
    goTo,
    selectRange,
    selectWhole,
    openMenu,
    open: (message) => openOrEdit(message, mailboxes),
  });
  const swipe = useRowSwipe();
  const known = mailboxes.find(({ path }) => path === mailbox);

  const boxOf = (path: string) => mailboxes.find((one) => one.path === path);
  const nameOfPath = (path: string) => {
    const box = boxOf(path);
    return box ? nameOf(box) : path;
  };
  const q = search?.q ?? null;
  const marks = useMemo(() => (q === null ? noMarks : marksOf(q)), [q]);

  const { show } = list;
  useEffect(() => {
    if (shown.last >= shown.first) show(shown.first + 1, shown.last + 1);
  }, [show, shown.first, shown.last]);

  const tellWhy = useTellWhy();
  const latest = useRef({ list, selection, selectRange, mailboxes, change, context, tellWhy });
  useEffect(() => {
    latest.current = { list, selection, selectRange, mailboxes, change, context, tellWhy };
  });
  const likely = useLikely();
  const onGrab = useGrab(context);
  const actions = useMemo((): RowActions => {
    const select = (row: ListRow, event: MouseEvent) => {
      const index = latest.current.list.indexOf(row.id);
      if (event.shiftKey && index !== null) latest.current.selectRange(index);
      else latest.current.selection.toggle(row.id, latest.current.list.idsOf(row.id));
      latest.current.selection.setFocus(row.id);
    };
    return {
      onSelect: select,
      onClick(row, event) {
        const isSelecting = latest.current.selection.ids.size > 0 && isTouch(event);
        if (event.shiftKey || event.ctrlKey || event.metaKey || isSelecting) return select(row, event);
        latest.current.selection.setFocus(row.id, true);
        openOrEdit(row.ref, latest.current.mailboxes);
      },
      onStar(row, value) {
        const aimed = aimedAtRows(latest.current.context, [row]);
        const reason = refused(aimed, toMark);
        if (reason) return latest.current.tellWhy(star, reason);
        const { messages } = aimed.target;
        latest.current.change({ type: 'set-keyword', messages: [...messages], keyword: '$flagged', value });
      },
      onContextMenu,
      onLongPress({ id }) {
        if ('vibrate' in navigator) navigator.vibrate(8);
        latest.current.selection.toggle(id, latest.current.list.idsOf(id));
      },
      swipe,
      onFocus: ({ id }) => latest.current.selection.setFocus(id),
      onGrab,
      ...likely,
    };
  }, [likely, onContextMenu, onGrab, swipe]);

  const isPending = !search && list.status === 'pending';
  const inSight = Array.from(
    { length: Math.max(0, shown.last - shown.first + 1) },
    (_, step) => shown.first + step + 1,
  );
  const isWaiting = isPending || inSight.some((index) => index <= list.messages && !list.rowAt(index));
  const focusIndex = selection.focusId === null ? null : list.indexOf(selection.focusId);
  const openIndex = openId === null ? null : list.indexOf(openId);
  const stop = focusIndex ?? openIndex ?? Math.min(shown.first + 1, Math.max(1, list.messages));
  return (
    <>
      {list.error ? <ErrorNotice error={list.error} onRetry={list.retry} /> : null}
      {search ? <NothingFound name={name} /> : null}
      {!search && list.status === 'ready' && list.messages === 0 ? (
        <p className="p-8 text-center text-list text-muted">
          {known?.role === 'inbox' || mailbox === 'INBOX' ? t('emptyInbox') : t('empty', { name })}
        </p>
      ) : null}
      <div className="relative min-h-0 flex-1" hidden={list.error !== null}>
        {above > 0 ? (
          <button
            type="button"
            className="absolute start-1/2 top-2 z-10 -translate-x-1/2 rounded-full bg-accent px-3 py-1.5 text-small font-medium text-on-accent shadow-float rtl:translate-x-1/2"
            onClick={() => rows.scrollToOffset(0)}
          >
            {t('newAbove', { count: above })}
          </button>
        ) : null}
        {wholeList.offer ? <SelectWhole count={list.total} onSelect={wholeList.offer} /> : null}
        {pulled === null ? null : <PullSign pulled={pulled} />}
        <div
          ref={scroller}
          id="messages"
          role={list.isThreaded ? 'treegrid' : 'grid'}
          aria-label={t('messages')}
          aria-rowcount={list.messages}
          aria-multiselectable="true"
          aria-busy={list.status === 'pending'}
          data-density={density}
          tabIndex={list.messages === 0 ? 0 : -1}
          className="rows h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
          onScroll={rows.onScroll}
          onKeyDown={onKeyDown}
          onPointerEnter={({ pointerType }) => (isPointerInside.current = pointerType === 'mouse')}
          onPointerLeave={() => (isPointerInside.current = false)}
        >
          <div
            role="rowgroup"
            className="relative overflow-hidden"
            style={{ height: isPending ? '100%' : rows.spacer }}
          >
            {isPending
              ? skeletons.map((index) => (
                  <SkeletonRow
                    key={`position-${index}`}
                    rowIndex={index}
                    top={(index - 1) * rowHeight}
                    height={rowHeight}
                  />
                ))
              : null}
            {indexes(drawn, focusIndex).map((index) => {
              const row = list.rowAt(index);
              const place = { rowIndex: index, top: rows.topOf(index - 1), height: rowHeight };
              if (!row) return <SkeletonRow key={`position-${index}`} {...place} />;
              return (
                <MessageRow
                  key={row.id}
                  row={row}
                  {...place}
                  role={(search ? boxOf(row.ref.mailbox) : known)?.role ?? null}
                  place={search?.isMixed ? nameOfPath(row.ref.mailbox) : null}
                  marks={marks}
                  density={density}
                  isSelected={
                    row.thread ? row.thread.uids.some((id) => selection.ids.has(id)) : selection.ids.has(row.id)
                  }
                  isOpen={index === openIndex}
                  isStop={index === stop}
                  labelsOf={labelsOf}
                  actions={actions}
                />
              );
            })}
          </div>
        </div>
        <LateWords
          words={t('loadingMessages')}
          isWaiting={isWaiting}
          className="pointer-events-none absolute inset-x-0 bottom-4 z-10 text-center"
        />
      </div>
      {menu}
    </>
  );
}

/** Whether a finger did it; older browsers don't say, and a mouse is then assumed. */
function isTouch({ nativeEvent }: MouseEvent): boolean {
  return 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
}

/** Row indexes to draw; the focused one always, or the focus would be lost by scrolling. */
function indexes({ first, last }: { first: number; last: number }, focused: number | null): number[] {
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step + 1);
  if (focused === null || (focused > first && focused <= last + 1)) return drawn;
  return focused <= first ? [focused, ...drawn] : [...drawn, focused];
}
