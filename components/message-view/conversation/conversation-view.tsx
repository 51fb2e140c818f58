import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { aimedAtRows } from '#components/commands/run-command.ts';
import { MutedMark } from '#components/message-list/muted-mark.tsx';
import { conversationKey } from '#lib/client/threads/assemble-conversation.ts';
import { firstInView, withArrived } from '#lib/client/threads/folding.ts';
import type { Folding } from '#lib/client/threads/folding.ts';
import { useConversation } from '#lib/client/threads/use-conversation.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { MessageList } from '#lib/client/message-list/message-list.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { MessageLabels } from '../message-labels.tsx';
import { ReadingPane } from '../reading-pane.tsx';
import { SnoozedNote } from '../snoozed-note.tsx';
import { ConversationActions } from './conversation-actions.tsx';
import { ConversationItem } from './conversation-item.tsx';
import { ConversationVerbs } from './conversation-verbs.tsx';
import { ElsewhereNote } from './elsewhere-note.tsx';
import { useReading } from './use-reading.ts';

/**
 * An open conversation, oldest to newest. Keyed by the message it was opened by: another one starts with nothing of the last. `within`:
 * the mailbox that it is a conversation of, where the list on the screen is another: what was found is brought into view then.
 */
export function ConversationView({ opened, within }: { opened: MessageRef; within?: MessageList }) {
  const t = useTranslations('message');
  const words = useTranslations('conversation');
  const context = useMailContext();
  const list = within ?? context.list;
  const openId = within ? opened.uid : context.openId;
  const { messages, looked, isWhole } = useConversation(opened, list);
  const asked = conversationKey(opened);
  const named = messages.map((message) => ({
    message,
    key: conversationKey(message.ref),
    isUnread: !message.keywords.includes('$seen'),
  }));
  const [folding, setFolding] = useState<Folding>(() => withArrived(new Map(), named, asked));
  const arrived = withArrived(folding, named, asked);
  if (arrived !== folding) setFolding(arrived);
  const scroller = useRef<HTMLDivElement>(null);
  const index = openId === null ? null : list.indexOf(openId);
  const row = index === null ? undefined : list.rowAt(index);
  const aimed = { ...context, target: aimedAtRows({ ...context, list }, row ? [row] : []).target };
  const elsewhere = messages.filter(({ isHere }) => !isHere);
  const toggle = (key: string, isShown: boolean) => setFolding((now) => new Map(now).set(key, isShown));
  const placed = useRef<string | null>(null);
  const goTo = useReading({
    opened,
    start: within ? asked : null,
    placed,
    messages,
    elsewhere: elsewhere.length,
    list: scroller,
    unfold: (key) => toggle(key, true),
  });

  const found = within ? named.find(({ key }) => key === asked)?.key : undefined;
  const first = found ?? firstInView(named);
  useEffect(() => {
    if (placed.current !== null || first === null) return;
    placed.current = first;
    const item = scroller.current?.querySelector(`[data-message="${CSS.escape(first)}"]`);
    if (item?.previousElementSibling) item.scrollIntoView({ block: 'start' });
  }, [first]);

  const [oldest] = messages;
  const subject = oldest ? visibleText(oldest.subject).trim() || t('noSubject') : '';
  return (
    <ReadingPane
      bar={<ConversationActions context={aimed} />}
      verbs={<ConversationVerbs context={aimed} />}
      scroller={scroller}
    >
      <div className="mx-auto max-w-[860px] px-6 pt-5 pb-12 max-two:px-4">
        <h2 dir="auto" className="mb-1 text-subject leading-[1.25] font-semibold tracking-tight wrap-anywhere">
          {subject}
        </h2>
        <div className="mb-3 flex min-h-6 flex-wrap items-center gap-2">
          <p className="min-h-[18px] text-meta text-muted empty:-me-2" aria-live="polite">
            {messages.length > 1 ? words('count', { count: messages.length }) : null}
          </p>
          <SnoozedNote messages={messages} />
          <MessageLabels keywords={messages.flatMap(({ keywords }) => keywords)} />
          <MutedMark keywords={messages.flatMap(({ keywords }) => keywords)} className="min-h-6 !text-small" />
        </div>
        <ElsewhereNote messages={elsewhere} isWhole={isWhole || !looked} />
        <ol aria-label={words('list')} className="border-t border-line">
          {named.map(({ message, key }) => (
            <ConversationItem
              key={key}
              name={key}
              message={message}
              isShown={arrived.get(key) ?? false}
              isAlone={named.length === 1}
              root={scroller}
              onToggle={toggle}
              onReach={goTo}
            />
          ))}
        </ol>
      </div>
    </ReadingPane>
  );
}
