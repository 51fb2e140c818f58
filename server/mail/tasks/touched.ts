import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/** A pull after each batch would be as much work as the batch. Milliseconds. */
const everyMs = 500;

/** Tells the feed of mailboxes that a task changes: now and then while it runs, and to the end once it is over. */
export function makeTouched(session: ImapSession) {
  const all = new Set<MailboxPath>();
  const waiting = new Set<MailboxPath>();
  let timer: NodeJS.Timeout | undefined;

  async function pull(paths: MailboxPath[]): Promise<void> {
    waiting.clear();
    // What fails here the watch brings later.
    for (const path of paths)
      await sessionFeed(session)
        .pull(path)
        .catch(() => {});
  }

  return {
    touch(paths: readonly MailboxPath[]): void {
      for (const path of paths) {
        all.add(path);
        waiting.add(path);
      }
      timer ??= setTimeout(() => void pull([...waiting]).finally(() => (timer = undefined)), everyMs);
    },
    async settle(): Promise<void> {
      clearTimeout(timer);
      await pull([...all]);
    },
  };
}
