import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { Mailbox, MailboxPath, MailboxRole } from '#lib/mail/mailbox.ts';
import { decided } from '#lib/mail/search-query.ts';
import type { SearchQuery, SearchScope, SearchTerm } from '#lib/mail/search-query.ts';
import { storageSources } from '#server/mail/storage/storage-sources.ts';

/** A mailbox to search, and what is left to ask in it once every `in:` is answered. */
export interface ChosenMailbox {
  mailbox: Mailbox;
  query: SearchTerm | true;
}

/** Searched only when they are asked for. */
const refuse: readonly (MailboxRole | null)[] = ['trash', 'junk'];

const roleNames: Readonly<Record<string, MailboxRole>> = {
  inbox: 'inbox',
  drafts: 'drafts',
  sent: 'sent',
  archive: 'archive',
  snoozed: 'snoozed',
  spam: 'junk',
  junk: 'junk',
  trash: 'trash',
  bin: 'trash',
};

/**
 * Which mailboxes a query concerns: those of the scope, or wherever `in:` says. The open one comes first, then the largest. All are those
 * that hold each message once, without Trash and Spam. `areLabels`: they are Gmail's, and "All Mail" has what all the others have, which
 * its server then tells apart itself. Throws mailbox-missing when the open one is asked for and not there.
 */
export function chooseMailboxes(
  query: SearchQuery,
  scope: SearchScope,
  open: MailboxPath,
  mailboxes: readonly Mailbox[],
  areLabels: boolean,
): ChosenMailbox[] {
  // Without any mailbox of that name nothing is left: the query says itself where to look.
  const isPlaced = decided(query, (leaf) => (leaf.type === 'in' ? false : null)) === false;
  const selectable = mailboxes.filter(({ selectable }) => selectable);
  const here = selectable.find(({ path }) => path === open);
  if (!here && !isPlaced && scope !== 'all') throw new MailError('mailbox-missing');
  const sources = new Set(storageSources(mailboxes, areLabels).map(({ path }) => path));
  const names = (mailbox: Mailbox) => (leaf: { mailbox: string }) =>
    leaf.mailbox.trim().toLowerCase() === 'anywhere' ? sources.has(mailbox.path) : isNamed(mailbox, leaf.mailbox);
  const isOpenAsked = !areLabels || scope !== 'all' || sources.has(open);
  const chosen = selectable.flatMap((mailbox): ChosenMailbox[] => {
    const isMeant = names(mailbox);
    let isAsked = mailbox.path === open && isOpenAsked;
    const isOfAllLabels = areLabels && !isPlaced && mailbox.role === 'all';
    const left = decided(query, (leaf) => {
      if (leaf.type !== 'in') return null;
      const matches = isMeant(leaf);
      isAsked ||= matches;
      return isOfAllLabels && !matches ? null : matches;
    });
    const isUsual = ({ path, role }: Mailbox) => sources.has(path) && !refuse.includes(role);
    const isInScope =
      isPlaced || scope === 'all' ? isAsked || isPlaced || isUsual(mailbox) : isInside(mailbox, open, scope);
    return left === false || !isInScope ? [] : [{ mailbox, query: left }];
  });
  return chosen.sort((a, b) => Number(b.mailbox.path === open) - Number(a.mailbox.path === open) || size(b) - size(a));
}

function isInside(mailbox: Mailbox, open: MailboxPath, scope: SearchScope): boolean {
  if (mailbox.path === open) return true;
  return scope === 'children' && mailbox.delimiter !== null && mailbox.path.startsWith(open + mailbox.delimiter);
}

/** By path, role or last name, in any case. */
function isNamed({ path, name, role }: Mailbox, wanted: string): boolean {
  const word = wanted.trim().toLowerCase();
  if (word === path.toLowerCase() || word === name.toLowerCase()) return true;
  return role !== null && roleNames[word] === role;
}

function size({ mailbox }: ChosenMailbox): number {
  return mailbox.counts?.messages ?? 0;
}
