import { FolderPlus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { canDrop } from '#lib/client/mailbox/can-drop.ts';
import { watchForDrag } from '#lib/client/drag.ts';
import { openMailbox } from '#lib/client/location.ts';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { isBelow } from '#lib/mail/mailbox-path.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { maxFolds } from '#lib/mail/default-preferences.ts';
import { MailboxItem } from './mailbox-item.tsx';
import { useMailboxName } from './mailbox-name.ts';
import { toTreeNodes } from './tree-nodes.ts';
import type { TreeNode } from './tree-nodes.ts';
import { useDrop } from './use-drop.ts';
import { whyFixed } from './mailbox-limits.ts';
import { useMailboxActs } from './use-mailbox-acts.tsx';
import { useTreeKeys } from './use-tree-keys.ts';

/** Up to so many mailboxes the whole tree starts open. */
const openUpTo = 60;

const stopSelector = '[role=treeitem][tabindex="0"]';

/** The account's mailboxes as ARIA's tree, one stop for the Tab key, arrows inside; and a button that makes another. */
export function MailboxTree({ current, onOpen }: { current: string | null; onOpen: () => void }) {
  const t = useTranslations('mailbox');
  const texts = useTranslations('mailboxes');
  const { locale } = useFormat();
  const nameOf = useMailboxName();
  const { mailboxes, isPending, error, retry } = useMailboxes();
  const { preferences, set } = usePreferences();
  const { unfolded, showUnsubscribed, keySet } = preferences;
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const stopItem = useCallback(() => list.current?.querySelector<HTMLElement>(stopSelector) ?? null, []);
  /** A mailbox that was made, renamed or moved, and is to have the focus once it is drawn. */
  const wanted = useRef<string | null>(null);
  const acts = useMailboxActs({
    canSweep: true,
    focusAfter: () => (wanted.current === null || wanted.current === stopItem()?.dataset.mailbox ? stopItem() : false),
    onPlaced(path) {
      wanted.current = path;
      setFocused(path);
      const above = nodes.filter(({ mailbox, isExpanded }) => !isExpanded && isBelow(mailbox, path));
      if (above.length > 0)
        setOpen(
          above.map(({ mailbox }) => mailbox.path),
          true,
        );
    },
  });

  const nodes = useMemo(() => {
    const expanded = new Map(unfolded);
    const startsOpen = mailboxes.length <= openUpTo;
    const isExpanded = (path: string) => expanded.get(path) ?? (startsOpen || isAbove(path, current, mailboxes));
    return toTreeNodes(inSight(mailboxes, showUnsubscribed, current), isExpanded, nameOf, locale);
  }, [mailboxes, showUnsubscribed, unfolded, current, nameOf, locale]);

  function setOpen(paths: string[], isOpen: boolean): void {
    const chosen = new Set(paths.slice(-maxFolds));
    const kept = unfolded.filter(([path]) => !chosen.has(path));
    void set({ unfolded: [...kept, ...[...chosen].map((path): [string, boolean] => [path, isOpen])].slice(-maxFolds) });
  }

  function activate({ mailbox, isExpanded }: TreeNode): void {
    setFocused(mailbox.path);
    if (mailbox.isPending) return; // There is nothing to open before the server has it.
    if (!mailbox.selectable) return setOpen([mailbox.path], !isExpanded);
    openMailbox(mailbox.path);
    onOpen();
  }

  const change = useMailboxChange();
  const dropTarget = useDrop(nodes, list, (path) => setOpen([path], true));

  /** A mailbox is dragged onto another, or onto the free space below the tree. */
  function grab(event: PointerEvent, { mailbox }: TreeNode): void {
    if (whyFixed(mailbox) || mailbox.isPending) return;
    watchForDrag(
      event,
      () => ({ kind: 'mailbox', mailbox }),
      ({ what, over }) => {
        const target = mailboxes.find(({ path }) => path === over) ?? null;
        if (!canDrop(what, target)) return;
        const { path, name } = mailbox;
        change({ type: 'rename', path, parent: target?.path ?? null, name }, texts('moved', { name }));
      },
    );
  }

  const onKeyDown = useTreeKeys({
    nodes,
    hasLetters: keySet !== 'off',
    focus: setFocused,
    setExpanded: setOpen,
    nameOf: ({ mailbox }) => nameOf(mailbox),
    activate,
    openMenu: ({ mailbox }, at) => acts.openMenu(mailbox, at),
    rename: ({ mailbox }) => acts.ask({ kind: 'rename', mailbox }),
    remove: ({ mailbox }) => acts.ask({ kind: 'delete', mailbox }),
  });

  const isKnown = (path: string | null) => nodes.some(({ mailbox }) => mailbox.path === path);
  const stop = isKnown(focused) ? focused : isKnown(current) ? current : nodes[0]?.mailbox.path;

  useEffect(() => {
    const { activeElement } = document;
    const isLost = wanted.current !== null && (activeElement === null || activeElement === document.body);
    if (focused !== stop || (!isLost && !list.current?.contains(activeElement))) return;
    wanted.current = null;
    stopItem()?.focus();
  }, [focused, stop, stopItem]);

  if (error && mailboxes.length === 0) return <ErrorNotice error={error} onRetry={retry} />;
  return (
    <>
      <ul ref={list} role="tree" aria-label={t('tree')} aria-busy={isPending} className="py-1" onFocus={acts.preload}>
        {nodes.map((node) => (
          <MailboxItem
            key={node.mailbox.path}
            node={node}
            name={nameOf(node.mailbox)}
            isCurrent={node.mailbox.path === current}
            isDropTarget={node.mailbox.path === dropTarget}
            isStop={node.mailbox.path === stop}
            onOpen={() => activate(node)}
            onToggle={() => setOpen([node.mailbox.path], !node.isExpanded)}
            onFocus={() => setFocused(node.mailbox.path)}
            onKeyDown={(event) => onKeyDown(event, node)}
            onGrab={(event) => grab(event, node)}
            onMenu={(at) => {
              setFocused(node.mailbox.path);
              acts.openMenu(node.mailbox, at);
            }}
          />
        ))}
        {isPending ? [70, 52, 60, 44, 56].map((width) => <SkeletonItem key={width} width={width} />) : null}
      </ul>
      <button
        type="button"
        className="mx-2 mb-2 flex h-8 w-[calc(100%-16px)] items-center rounded-md ps-6 text-meta text-muted hover:bg-hover hover:text-ink pointer-coarse:h-11 rail:justify-center rail:ps-0"
        title={texts('newFolder')}
        onClick={() => acts.ask({ kind: 'create', parent: null })}
      >
        <Icon of={FolderPlus} size={17} className="me-2.5 shrink-0 rail:me-0" />
        <span className="rail:sr-only">{texts('newFolder')}</span>
      </button>
      {acts.open}
    </>
  );
}

function SkeletonItem({ width }: { width: number }) {
  return (
    <li role="none" className="flex h-8 items-center px-4">
      <span className="skeleton h-3" style={{ width: `${width}%` }} />
    </li>
  );
}

/** Whether a mailbox holds the current one, at any depth. */
function isAbove(path: string, current: string | null, mailboxes: readonly Mailbox[]): boolean {
  const parentOf = new Map(mailboxes.map(({ path: own, parent }) => [own, parent]));
  const seen = new Set<string>();
  let step = current ? parentOf.get(current) : null;
  while (step && !seen.has(step)) {
    if (step === path) return true;
    seen.add(step);
    step = parentOf.get(step);
  }
  return false;
}

/** Without the unsubscribed, if that is wanted; but for the inbox, special uses, what holds a subscribed one, and what is open. */
function inSight(mailboxes: readonly Mailbox[], showUnsubscribed: boolean, current: string | null): readonly Mailbox[] {
  if (showUnsubscribed) return mailboxes;
  const kept = mailboxes.filter(({ path, role, subscribed }) => subscribed || role !== null || path === current);
  const known = new Set(kept);
  return mailboxes.filter((mailbox) => known.has(mailbox) || kept.some(({ path }) => isBelow(mailbox, path)));
}
