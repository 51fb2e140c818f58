import 'server-only';
import type { Mailbox, MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';

/** What a session was told: counts by mailbox, and the names of the last look at all of them. */
export interface ToldMailboxes {
  counted: ReadonlyMap<MailboxPath, MailboxCounts>;
  listed: ReadonlySet<string> | null;
}

export interface Differences {
  /** To be kept as `listed`. */
  names: ReadonlySet<string>;
  areNamesOther: boolean;
  /** Counts are other than told, or cannot be seen in a list (no LIST-STATUS, RFC 5819). */
  moved: MailboxPath[];
  /** Of these, those made again under the same name. */
  remade: MailboxPath[];
}

/** How all mailboxes as they are differ from what was told. To whom nothing was told nothing differs. */
export function compareMailboxes(mailboxes: readonly Mailbox[], { counted, listed }: ToldMailboxes): Differences {
  const names = new Set(mailboxes.map(({ path, subscribed, selectable }) => JSON.stringify([path, subscribed, selectable])));
  const countable = new Set(mailboxes.flatMap(({ path, counts }) => (counts ? [path] : [])));
  const isCounted = counted.size > 0 && countable.size > 0;
  const moved: MailboxPath[] = [];
  const remade: MailboxPath[] = [];
  for (const { path, counts } of mailboxes) {
    const told = counted.get(path);
    if (counts && (!isCounted || isEqual(counts, told))) continue;
    moved.push(path);
    if (counts && told && counts.uidValidity !== told.uidValidity) remade.push(path);
  }
  const areNamesOther = listed ? !isSame(names, listed) : isCounted && !isSame(countable, new Set(counted.keys()));
  return { names, areNamesOther, moved, remade };
}

export function isEqual(a: MailboxCounts, b: MailboxCounts | undefined): boolean {
  return (
    b !== undefined &&
    a.messages === b.messages &&
    a.unseen === b.unseen &&
    a.uidNext === b.uidNext &&
    a.uidValidity === b.uidValidity &&
    a.token === b.token
  );
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
