import 'server-only';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';

type Pull = (path: MailboxPath) => Promise<MailEvent[]>;

/**
 * At most one pull of a mailbox runs at a time. Asked for while one runs, it runs once more, however often it was asked for; all who
 * asked are answered with all events.
 */
export function mergePulls(pullOnce: Pull): Pull {
  const pulls = new Map<MailboxPath, { running: Promise<MailEvent[]>; again: boolean }>();
  return function pull(path) {
    const current = pulls.get(path);
    if (current) {
      current.again = true;
      return current.running;
    }
    const entry = { running: Promise.resolve<MailEvent[]>([]), again: false };
    entry.running = (async () => {
      const events: MailEvent[] = [];
      try {
        do {
          entry.again = false;
          events.push(...(await pullOnce(path)));
        } while (entry.again);
        return events;
      } finally {
        pulls.delete(path);
      }
    })();
    pulls.set(path, entry);
    return entry.running;
  };
}
