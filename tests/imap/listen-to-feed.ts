import type { MailEvent } from '#lib/mail/event.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

type Of<T extends MailEvent['type']> = Extract<MailEvent, { type: T }>;

/** A session's feed, heard from now on; what was waited for, and all that was told before it, is taken out. */
export interface HeardFeed {
  /** The first fact that matches, also one told already. */
  next<T extends MailEvent['type']>(type: T, matches?: (event: Of<T>) => boolean): Promise<Of<T>>;
  /** Everything told up to and with the first fact that matches. */
  until<T extends MailEvent['type']>(type: T, matches?: (event: Of<T>) => boolean): Promise<MailEvent[]>;
  /** Told and not taken out yet. */
  told: readonly MailEvent[];
}

export function listenToFeed(session: ImapSession): HeardFeed {
  const told: MailEvent[] = [];
  let more = Promise.withResolvers<void>();
  sessionFeed(session).subscribe({
    onFrame(frame) {
      told.push(...frame.events);
      more.resolve();
      more = Promise.withResolvers();
    },
    onEnd() {},
  });

  async function until<T extends MailEvent['type']>(type: T, matches: (event: Of<T>) => boolean = () => true) {
    for (;;) {
      // True: an event's type is what tells its kind.
      const index = told.findIndex((event) => event.type === type && matches(event as Of<T>));
      if (index >= 0) return told.splice(0, index + 1);
      await more.promise;
    }
  }

  return {
    told,
    until,
    async next<T extends MailEvent['type']>(type: T, matches?: (event: Of<T>) => boolean) {
      return (await until(type, matches)).at(-1) as Of<T>; // True: the last of them is the one that matched.
    },
  };
}
