import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { aimedAt } from '#components/commands/run-command.ts';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { MutedMark } from '#components/message-list/muted-mark.tsx';
import { LateWords } from '#components/ui/late-words.tsx';
import { rememberListPost } from '#lib/client/compose/open-list-post.ts';
import { useMessage } from '#lib/client/use-message.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { MessageActions } from './message-actions.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageLabels } from './message-labels.tsx';
import { MessageVerbs } from './message-verbs.tsx';
import { ReadingPane } from './reading-pane.tsx';
import { SnoozedNote } from './snoozed-note.tsx';
import { useLook } from './use-look.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { usePrefetchNeighbours } from './use-prefetch-neighbours.ts';

/** The open message. Keyed by the message where it is used: another message starts with nothing of the last one. */
export function MessageView({ message: ref }: { message: MessageRef }) {
  const t = useTranslations('message');
  const context = useMailContext();
  const { openId, list } = context;
  const look = useLook();
  const { message, error, retry } = useMessage(ref, look.bodyKind);
  const scroller = useRef<HTMLDivElement>(null);
  const aimed = aimedAt(context, message ? [message] : []);
  useMarkRead(message);
  usePrefetchNeighbours(message !== null);

  useEffect(() => {
    if (message) rememberListPost(message.ref, message.listPost);
  }, [message]);

  const [wasListed, setWasListed] = useState(false);
  const isListed = openId !== null && list.indexOf(openId) !== null;
  if (isListed && !wasListed) setWasListed(true);
  const subject = message ? visibleText(message.subject).trim() || t('noSubject') : '';

  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [ref.uid]);

  return (
    <>
      <ReadingPane
        bar={<MessageActions message={message} context={aimed} {...look.choicesFor(message)} />}
        verbs={<MessageVerbs context={aimed} />}
        scroller={scroller}
      >
        {error && !message ? <ErrorNotice error={error} onRetry={retry} /> : null}
        {message ? (
          <article className="mx-auto max-w-[860px] px-6 pt-5 pb-12 max-two:px-4">
            {wasListed &&
            !isListed &&
            list.status === 'ready' &&
            list.loaded().length >= Math.min(list.messages, 50) ? (
              <p role="status" className="no-print mb-4 rounded-md bg-hover px-3 py-2 text-meta text-muted">
                {t('gone')}
              </p>
            ) : null}
            <h2 dir="auto" className="mb-4 text-subject leading-[1.25] font-semibold tracking-tight wrap-anywhere">
              {subject}
            </h2>
            <SnoozedNote messages={[message]} className="-mt-2 mb-4" />
            <MutedMark keywords={message.keywords} className="-mt-2 mb-4 min-h-6 !text-small" />
            <div className="-mt-2 mb-4 empty:hidden">
              <MessageLabels keywords={message.keywords} />
            </div>
            <MessageContent message={message} dark={look.isDark} />
          </article>
        ) : error ? null : (
          <>
            <Skeleton />
            <LateWords words={t('loading')} isWaiting className="px-6 text-center" />
          </>
        )}
      </ReadingPane>
      {look.dialogOf(message)}
    </>
  );
}

function Skeleton() {
  return (
    <div aria-busy="true" className="mx-auto max-w-[860px] px-6 pt-6">
      <div className="skeleton mb-6 h-5 w-3/5" />
      <div className="flex gap-3">
        <div className="skeleton size-9 !rounded-full" />
        <div className="flex-1 space-y-2 pt-1">
          <div className="skeleton h-3 w-2/5" />
          <div className="skeleton h-3 w-1/4" />
        </div>
      </div>
      {[92, 85, 96, 60].map((width) => (
        <div key={width} className="skeleton mt-4 h-3" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
