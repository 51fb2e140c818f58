import {
  AlarmClock,
  Archive,
  ChevronRight,
  CircleAlert,
  FileText,
  Folder,
  FolderOpen,
  Inbox,
  Mails,
  MoreHorizontal,
  Send,
  ShieldAlert,
  Star,
  Trash2,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { TreeNode } from './tree-nodes.ts';

const icons: Record<MailboxRole, LucideIcon> = {
  inbox: Inbox,
  drafts: FileText,
  sent: Send,
  archive: Archive,
  junk: ShieldAlert,
  trash: Trash2,
  all: Mails,
  flagged: Star,
  important: CircleAlert,
  snoozed: AlarmClock,
};

interface Props {
  node: TreeNode;
  name: string;
  isCurrent: boolean;
  /** What is dragged would be dropped here. */
  isDropTarget: boolean;
  /** The one item that the Tab key stops at. */
  isStop: boolean;
  onOpen: () => void;
  onToggle: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onGrab: (event: PointerEvent) => void;
  onMenu: (at: MenuPlace) => void;
}

export function MailboxItem({
  node,
  name,
  isCurrent,
  isDropTarget,
  isStop,
  onOpen,
  onToggle,
  onFocus,
  onKeyDown,
  onGrab,
  onMenu,
}: Props) {
  const t = useTranslations('mailbox');
  const texts = useTranslations('mailboxes');
  const { mailbox, level, position, siblings, isParent, isExpanded } = node;
  // Views of what is elsewhere (Gmail's All Mail): their messages are counted there.
  const isView = mailbox.role === 'all' || mailbox.role === 'flagged' || mailbox.role === 'important';
  const unread = isView ? 0 : (mailbox.counts?.unseen ?? 0);
  const icon = mailbox.role ? icons[mailbox.role] : mailbox.selectable ? Folder : FolderOpen;
  const look = isCurrent ? 'bg-selected font-medium text-ink' : 'text-ink hover:bg-hover';
  return (
    <li
      role="treeitem"
      aria-label={unread > 0 ? t('withUnread', { name, count: unread }) : name}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isParent ? isExpanded : undefined}
      aria-current={isCurrent ? 'page' : undefined}
      aria-selected={isCurrent}
      aria-busy={mailbox.isPending}
      data-mailbox={mailbox.path}
      tabIndex={isStop ? 0 : -1}
      title={name}
      data-drop={isDropTarget || undefined}
      className={`group relative mx-2 flex h-8 items-center rounded-md pe-2.5 text-list select-none [contain-intrinsic-size:auto_32px] [content-visibility:auto] pointer-coarse:h-11 rail:justify-center rail:!px-0 ${look} ${mailbox.isPending ? 'italic opacity-70' : ''} ${isDropTarget ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
      style={{ paddingInlineStart: 4 + (level - 1) * 14 }}
      onClick={onOpen}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onPointerDown={onGrab}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <span
        aria-hidden="true"
        className="flex size-5 shrink-0 items-center justify-center text-faint rail:hidden"
        onClick={(event) => {
          if (!isParent) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {isParent ? (
          <span className={isExpanded ? 'rotate-90' : 'rtl:rotate-180'}>
            <Icon of={ChevronRight} size={14} />
          </span>
        ) : null}
      </span>
      <Icon of={icon} size={17} className={`me-2.5 shrink-0 rail:me-0 ${isCurrent ? 'text-accent' : 'text-faint'}`} />
      <span
        dir="auto"
        className={`min-w-0 flex-1 truncate page-side rail:hidden ${unread > 0 ? 'font-semibold' : ''} ${mailbox.selectable && mailbox.subscribed ? '' : 'text-muted'}`}
      >
        {name}
      </span>
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="ms-2 text-small font-semibold text-muted tabular-nums group-hover:opacity-0 pointer-coarse:group-hover:opacity-100 rail:hidden"
        >
          {unread > 9999 ? '9999+' : unread}
        </span>
      ) : null}
      {unread > 0 ? (
        <span className="absolute end-1.5 top-1 hidden size-2 rounded-full bg-accent rail:block forced-colors:bg-[Highlight]" />
      ) : null}
      <button
        type="button"
        aria-label={texts('actions', { name })}
        tabIndex={-1}
        className={`absolute end-1 flex size-6 items-center justify-center rounded-md text-muted opacity-0 group-hover:opacity-100 hover:text-ink rail:hidden pointer-coarse:static pointer-coarse:size-11 ${isCurrent ? 'pointer-coarse:opacity-100' : 'pointer-coarse:hidden'}`}
        onClick={(event) => {
          event.stopPropagation();
          onMenu(event.currentTarget);
        }}
      >
        <Icon of={MoreHorizontal} size={16} />
      </button>
    </li>
  );
}
