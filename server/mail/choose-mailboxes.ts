import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { Mailbox, MailboxPath, MailboxRole } from '#lib/mail/mailbox.ts';
import { decided } from '#lib/mail/search-query.ts';
import type { SearchQuery, SearchScope, SearchTerm } from '#lib/mail/search-query.ts';

/** A mailbox to search, and what is left to ask in it once every `in:` is answered. */
export interface ChosenMailbox {
  mailbox: Mailbox;
  query: SearchTerm | true;
}

/** They show messages that are elsewhere too. */
const copies: readonly (MailboxRole | null)[] = ['all', 'flagged', 'important'];
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
 * Which mailboxes a query concerns: those of the scope, or wherever `in:` says. The open one comes first, then the largest. Throws
 * mailbox-missing when the open one is asked for and not there.
 */
export function chooseMailboxes(
  query: SearchQuery,
  scope: SearchScope,
  open: MailboxPath,
  mailboxes: readonly Mailbox[],
): ChosenMailbox[] {
  // Without any mailbox of that name nothing is left: the query says itself where to look.
  const isPlaced = decided(query, (leaf) => (leaf.type === 'in' ? false : null)) === false;
  const selectable = mailboxes.filter(({ selectable }) => selectable);
  const here = selectable.find(({ path }) => path === open);
  if (!here && !isPlaced && scope !== 'all') throw new MailError('mailbox-missing');
  const names = (mailbox: Mailbox) => (leaf: { mailbox: string }) => isNamed(mailbox, leaf.mailbox);
  const chosen = selectable.flatMap((mailbox): ChosenMailbox[] => {
    const isMeant = names(mailbox);
    let isAsked = mailbox.path === open;
    const left = decided(query, (leaf) => {
      if (leaf.type !== 'in') return null;
      const matches = isMeant(leaf);
      isAsked ||= matches;
      return matches;
    });
    const isInScope =
      isPlaced || scope === 'all' ? isAsked || isUsual(mailbox, isPlaced) : isInside(mailbox, open, scope);
    return left === false || !isInScope ? [] : [{ mailbox, query: left }];
  });
  return chosen.sort((a, b) => Number(b.mailbox.path === open) - Number(a.mailbox.path === open) || size(b) - size(a));
}

function isUsual({ role }: Mailbox, isPlaced: boolean): boolean {
  return isPlaced || (!copies.includes(role) && !refuse.includes(role));
}

function isInside(mailbox: Mailbox, open: MailboxPath, scope: SearchScope): boolean {
  if (mailbox.path === open) return true;
  return scope === 'children' && mailbox.delimiter !== null && mailbox.path.startsWith(open + mailbox.delimiter);
}

/** By path, role or last name, in any case; "anywhere" is every one. */
function isNamed({ path, name, role }: Mailbox, wanted: string): boolean {
  const word = wanted.trim().toLowerCase();
  if (word === 'anywhere' || word === path.toLowerCase() || word === name.toLowerCase()) return true;
  return role !== null && roleNames[word] === role;
}

function size({ mailbox }: ChosenMailbox): number {
  return mailbox.counts?.messages ?? 0;
}
