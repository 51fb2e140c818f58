import { useListSource, useMessageList } from '#lib/client/message-list/use-message-list.ts';
import { useThreadList } from '#lib/client/threads/use-thread-list.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { ConversationView } from './conversation-view.tsx';

/** The conversation of a message that a search found, in a mailbox that is shown as conversations. */
export function ResultConversation({ opened }: { opened: MessageRef }) {
  const source = useListSource(opened.mailbox);
  const all = useMessageList(source);
  const folded = useThreadList(source, all, true);
  return <ConversationView opened={opened} within={folded ?? all} />;
}
