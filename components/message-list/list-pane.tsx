import { useMailContext } from '#components/commands/mail-context.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { ResultsBar } from '#components/search/results-bar.tsx';
import { searchPlace } from '#lib/client/search/mail-search.ts';
import { EmptyBar } from './empty-bar.tsx';
import { ListHeader } from './list-header.tsx';
import { MessageList } from './message-list.tsx';

/** The pane of a mailbox: what stands above the rows stays while a search replaces them. */
export function ListPane({ onOpenFolders }: { onOpenFolders: () => void }) {
  const { mailbox, mailboxes, search } = useMailContext();
  const nameOf = useMailboxName();
  const known = mailboxes.find(({ path }) => path === mailbox);
  const name = known ? nameOf(known) : mailbox === 'INBOX' ? nameOf({ role: 'inbox', name: mailbox }) : mailbox;
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col" aria-label={name}>
      <ListHeader name={name} role={known?.role ?? null} counts={known?.counts ?? null} onOpenFolders={onOpenFolders} />
      <EmptyBar name={name} />
      <ResultsBar />
      <MessageList key={search ? searchPlace(mailbox, search) : mailbox} name={name} />
    </section>
  );
}
