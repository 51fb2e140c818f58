import { ChevronsDownUp, Paperclip, Star } from 'lucide-react';
import { memo, useCallback, useRef } from 'react';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { ConversationMessage } from '#lib/client/threads/assemble-conversation.ts';
import { useOwnAddresses } from '#lib/client/own-addresses.ts';
import { formatFullDate, formatListDate } from '#lib/format/dates.ts';
import { displayName, initials, tintOf } from '#lib/format/display-name.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import { ShownMessage } from './shown-message.tsx';
import { useSight } from './use-sight.ts';

interface Props {
  name: string;
  message: ConversationMessage;
  isShown: boolean;
  /** There is no other, so it is never folded. */
  isAlone: boolean;
  root: RefObject<HTMLElement | null>;
  onToggle: (name: string, isShown: boolean) => void;
  onReach: (name: string) => void;
}

/** A message of a conversation: one line that unfolds it, or all of it. Only what is near to being seen is read. */
export const ConversationItem = memo(function ConversationItem({
  name,
  message,
  isShown,
  isAlone,
  root,
  onToggle,
  onReach,
}: Props) {
  const words = useTranslations('conversation');
  const item = useRef<HTMLLIElement>(null);
  const { isNear, isSeen } = useSight(item, root, isShown);
  const isUnread = !message.keywords.includes('$seen');
  const fold = useCallback(() => {
    onToggle(name, false);
    item.current?.focus({ preventScroll: true });
  }, [name, onToggle]);
  return (
    <li
      ref={item}
      tabIndex={-1}
      data-message={name}
      data-unread={isUnread}
      className="scroll-mt-2 border-b border-line"
      onFocus={() => onReach(name)}
    >
      {isShown ? (
        <ShownMessage
          message={message}
          isNear={isNear}
          isSeen={isSeen}
          fold={
            isAlone ? null : (
              <IconButton icon={ChevronsDownUp} label={words('fold')} className="-mt-1.5 -me-2" onClick={fold} />
            )
          }
        />
      ) : (
        <FoldedLine message={message} isUnread={isUnread} onOpen={() => onToggle(name, true)} />
      )}
    </li>
  );
});

function FoldedLine({
  message,
  isUnread,
  onOpen,
}: {
  message: ConversationMessage;
  isUnread: boolean;
  onOpen: () => void;
}) {
  const list = useTranslations('list');
  const format = useFormat();
  const isOwn = useOwnAddresses();
  const [sender] = message.from;
  const who = !sender ? list('noSender') : isOwn(sender.address) ? list('me') : displayName(sender);
  const preview = visibleText(message.preview ?? '');
  const isStarred = message.keywords.includes('$flagged');
  return (
    <button
      type="button"
      aria-expanded="false"
      className="flex min-h-11 w-full items-center gap-3 rounded-md py-1.5 text-start text-meta hover:bg-hover"
      onClick={onOpen}
    >
      <span
        aria-hidden="true"
        className={`tinted tint-${tintOf(sender?.address ?? '')} flex size-7 shrink-0 items-center justify-center rounded-full text-tiny font-semibold`}
      >
        {sender ? initials(sender) : '?'}
      </span>
      {isUnread ? <span className="sr-only">{list('unread')}</span> : null}
      <span dir="auto" className={`max-w-40 shrink-0 truncate text-list ${isUnread ? 'font-semibold' : ''}`}>
        {who}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-muted page-side">
        {preview}
      </span>
      {isStarred ? (
        <>
          <Star size={14} strokeWidth={1.75} fill="currentColor" className="shrink-0 text-star" aria-hidden="true" />
          <span className="sr-only">{list('starred')}</span>
        </>
      ) : null}
      {message.hasAttachment ? (
        <>
          <Icon of={Paperclip} size={13} className="shrink-0 text-faint" />
          <span className="sr-only">{list('hasAttachment')}</span>
        </>
      ) : null}
      <time
        dateTime={message.receivedAt}
        title={formatFullDate(message.receivedAt, format)}
        className="shrink-0 text-small text-muted tabular-nums"
      >
        {formatListDate(message.receivedAt, format)}
      </time>
    </button>
  );
}
