import 'server-only';
import type { Mailbox, MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import type { KnownState } from '#server/imap/read-delta.ts';
import { compareMailboxes, isEqual } from './compare-mailboxes.ts';
import type { Differences } from './compare-mailboxes.ts';

/** What one session was told of its mailboxes. */
export interface ToldState {
  /** The mailboxes somebody looks at, from the longest unseen on: told message by message, from this state on. */
  readonly looked: ReadonlyMap<MailboxPath, KnownState>;
  /** The counts that were told last, of any mailbox. */
  readonly counted: ReadonlyMap<MailboxPath, MailboxCounts>;
  /** True where just these counts were told last. */
  isTold(path: MailboxPath, counts: MailboxCounts): boolean;
  count(path: MailboxPath, counts: MailboxCounts): void;
  forgetCounts(path: MailboxPath): void;
  /** What happened to a mailbox that is looked at was told up to here. */
  reach(path: MailboxPath, counts: MailboxCounts): void;
  /** Somebody looks at a mailbox, from this state on. */
  look(path: MailboxPath, counts: MailboxCounts): void;
  compare(mailboxes: readonly Mailbox[]): Differences;
  /** The names of the last look at all mailboxes (`Differences.names`). */
  list(names: ReadonlySet<string>): void;
  clear(): void;
}

/** Mailboxes looked at, beyond which the one not looked at longest is only counted again. */
const maxLooked = 20;

export function makeToldState(): ToldState {
  const looked = new Map<MailboxPath, KnownState>();
  const counted = new Map<MailboxPath, MailboxCounts>();
  let listed: ReadonlySet<string> | null = null;

  function reach(path: MailboxPath, counts: MailboxCounts): void {
    counted.set(path, counts);
    const modseq = (counts.token && parseSyncToken(counts.token)?.modseq) ?? '0';
    looked.delete(path); // Set anew, so that the map's order is from the longest unseen on.
    looked.set(path, { uidValidity: counts.uidValidity, modseq, uidNext: counts.uidNext });
    const [oldest] = looked.keys();
    if (looked.size > maxLooked && oldest !== undefined) looked.delete(oldest);
  }

  return {
    looked,
    counted,
    isTold: (path, counts) => isEqual(counts, counted.get(path)),
    count: (path, counts) => void counted.set(path, counts),
    forgetCounts: (path) => void counted.delete(path),
    reach,
    look(path, counts) {
      // A state told already is never replaced by a newer one: what lies between would be lost for the others.
      const known = looked.get(path);
      if (known?.uidValidity !== counts.uidValidity) return reach(path, counts);
      looked.delete(path);
      looked.set(path, known);
    },
    compare: (mailboxes) => compareMailboxes(mailboxes, { counted, looked, listed }),
    list: (names) => void (listed = names),
    clear() {
      looked.clear();
      counted.clear();
      listed = null;
    },
  };
}
