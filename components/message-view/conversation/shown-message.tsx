import type { ReactNode } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { conversationMessageMore } from '#components/commands/registry.ts';
import { aimedAt } from '#components/commands/run-command.ts';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import type { ConversationMessage } from '#lib/client/threads/assemble-conversation.ts';
import { useMessage } from '#lib/client/use-message.ts';
import { MessageContent } from '../message-content.tsx';
import { MessageMenu } from '../message-menu.tsx';
import { useLook } from '../use-look.tsx';
import { useMarkRead } from '../use-mark-read.ts';
import { AnswerVerbs } from './answer-verbs.tsx';

/** A message of a conversation as a whole, with its own verbs. It is read when it is near, and marked read when it was seen. */
export function ShownMessage({
  message: row,
  isNear,
  isSeen,
  fold,
}: {
  message: ConversationMessage;
  isNear: boolean;
  isSeen: boolean;
  fold: ReactNode;
}) {
  const context = useMailContext();
  const look = useLook();
  const { message, error, retry } = useMessage(isNear ? row.ref : null, look.bodyKind);
  useMarkRead(isSeen ? message : null);
  if (error && !message) return <ErrorNotice error={error} onRetry={retry} />;
  if (!message) return <Waiting />;
  const current = { ...message, keywords: row.keywords };
  const aimed = aimedAt(context, [current]);
  return (
    <article className="pt-4 pb-3">
      <MessageContent message={message} keywords={row.keywords} dark={look.isDark} fold={fold} />
      <div className="no-print mt-3 flex items-center gap-1">
        <AnswerVerbs context={aimed} />
        <MessageMenu message={message} context={aimed} more={conversationMessageMore} {...look.choicesFor(message)} />
      </div>
      {look.dialogOf(message)}
    </article>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="min-h-60 py-4">
      <div className="flex gap-3">
        <div className="skeleton size-9 !rounded-full" />
        <div className="flex-1 space-y-2 pt-1">
          <div className="skeleton h-3 w-2/5" />
          <div className="skeleton h-3 w-1/4" />
        </div>
      </div>
    </div>
  );
}
