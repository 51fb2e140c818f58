import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import type { ConversationMessage } from '#lib/client/threads/assemble-conversation.ts';
import { useFormat } from '#lib/format/use-format.tsx';

/** Says which of a conversation lies in other mailboxes: what is done with the conversation leaves it there. */
export function ElsewhereNote({ messages, isWhole }: { messages: readonly ConversationMessage[]; isWhole: boolean }) {
  const words = useTranslations('conversation');
  const { mailboxes } = useMailContext();
  const { locale } = useFormat();
  const nameOf = useMailboxName();
  if (messages.length === 0 && isWhole) return null;
  const paths = [...new Set(messages.map(({ ref }) => ref.mailbox))];
  const names = paths.map((path) => {
    const known = mailboxes.find((one) => one.path === path);
    return known ? nameOf(known) : path;
  });
  const listed = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  return (
    <p className="no-print mb-3 rounded-md bg-hover px-3 py-2 text-meta text-muted">
      {messages.length > 0 ? words('elsewhere', { count: messages.length, names: listed }) : null}{' '}
      {isWhole ? null : words('notWhole')}
    </p>
  );
}
