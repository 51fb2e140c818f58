import type { Mailbox, MailboxPath } from './mailbox.ts';

type Named = Pick<Mailbox, 'path' | 'parent' | 'delimiter' | 'name'>;

/** The path of a mailbox of this name below a parent; null: at the top, where other mailboxes show the namespace's prefix. */
export function childPath(mailboxes: readonly Named[], parent: MailboxPath | null, name: string): MailboxPath {
  const above = mailboxes.find(({ path }) => path === parent);
  const delimiter = above?.delimiter ?? mailboxes.find((mailbox) => mailbox.delimiter !== null)?.delimiter ?? '/';
  return parent === null ? name : `${parent}${delimiter}${name}`;
}

/** True for everything below a mailbox, at any depth; not for itself. */
export function isBelow({ path, delimiter }: Pick<Mailbox, 'path' | 'delimiter'>, other: MailboxPath): boolean {
  return delimiter !== null && other.startsWith(path + delimiter);
}

/** What a path becomes when a mailbox above it, or the mailbox itself, is renamed; the same path when neither is. */
export function renamedPath(
  path: MailboxPath,
  from: Pick<Mailbox, 'path' | 'delimiter'>,
  to: MailboxPath,
): MailboxPath {
  if (path === from.path) return to;
  return isBelow(from, path) ? to + path.slice(from.path.length) : path;
}
