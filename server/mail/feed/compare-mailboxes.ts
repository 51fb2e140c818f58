import 'server-only';
import type { Mailbox, MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';

/** What a session was told: counts by mailbox, which of them are looked at, and the names of the last look at all. */
export interface ToldMailboxes {
  counted: ReadonlyMap<MailboxPath, MailboxCounts>;
  looked: ReadonlyMap<MailboxPath, unknown>;
  listed: ReadonlySet<string> | null;
}

export interface Differences {
  /** To be kept as `listed`. */
  names: ReadonlySet<string>;
  areNamesOther: boolean;
  /** Told of, and no longer there. */
  gone: MailboxPath[];
  /** Counts are other than told; of those that were not counted the ones looked at, which have to be asked themselves. */
  moved: MailboxPath[];
  /** Of these, those made again under the same name. */
  remade: MailboxPath[];
}

/** How all mailboxes as they are differ from what was told. To whom nothing was told nothing differs. */
export function compareMailboxes(
  mailboxes: readonly Mailbox[],
  { counted, looked, listed }: ToldMailboxes,
): Differences {
  const names = namesOf(mailboxes);
  const countable = new Set(mailboxes.flatMap(({ path, selectable }) => (selectable ? [path] : [])));
  const isCounted = counted.size > 0 && countable.size > 0;
  const moved: MailboxPath[] = [];
  const remade: MailboxPath[] = [];
  for (const { path, counts } of mailboxes) {
    const told = counted.get(path);
    if (counts ? !isCounted || isEqual(counts, told) : !looked.has(path)) continue;
    moved.push(path);
    if (counts && told && counts.uidValidity !== told.uidValidity) remade.push(path);
  }
  const gone = isCounted ? [...counted.keys()].filter((path) => !countable.has(path)) : [];
  // The list before is not what was told last: names are also told one by one, and read.
  const isOtherThanTold = gone.length > 0 || moved.some((path) => !counted.has(path));
  const areNamesOther = isOtherThanTold || (listed !== null && !isSame(names, listed));
  return { names, areNamesOther, gone, moved, remade };
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

/** True when two connections tell of the same mailboxes, whatever is in them. */
export function areSameNames(some: readonly Mailbox[], others: readonly Mailbox[]): boolean {
  return isSame(namesOf(some), namesOf(others));
}

function namesOf(mailboxes: readonly Mailbox[]): Set<string> {
  return new Set(mailboxes.map(({ path, subscribed, selectable }) => JSON.stringify([path, subscribed, selectable])));
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
