import 'server-only';
import type { ImapFlow, ListResponse } from 'imapflow';
import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';
import { readChosenRoles } from '#server/store/chosen-role-rows.ts';
import type { ChosenRoles } from '#server/store/chosen-role-rows.ts';
import { statusQuery, toCounts } from './read-counts.ts';
import type { ImapSession } from './sessions.ts';
import { withConnection } from './with-mailbox.ts';

const roles: Readonly<Record<string, MailboxRole>> = {
  '\\Inbox': 'inbox',
  '\\Drafts': 'drafts',
  '\\Sent': 'sent',
  '\\Archive': 'archive',
  '\\Junk': 'junk',
  '\\Trash': 'trash',
  '\\All': 'all',
  '\\Flagged': 'flagged',
  '\\Important': 'important',
};

/**
 * All mailboxes with their counts in one LIST RETURN (SUBSCRIBED SPECIAL-USE STATUS (...)) (RFC 5258, 5819, 6154). Servers
 * without LIST-STATUS get the list alone from here; the feed asks for their counts one by one. A special
 * use that the person chose counts before what the server says.
 */
export async function listMailboxes(session: ImapSession, signal?: AbortSignal): Promise<Mailbox[]> {
  return withConnection(session.commands, (client) => listOn(client, readChosenRoles(session.accountKey)), { signal });
}

/** The same on a connection somebody already holds. */
export async function listOn(client: ImapFlow, chosen: ChosenRoles = {}): Promise<Mailbox[]> {
  const canCount = client.capabilities.has('LIST-STATUS') || client.capabilities.has('IMAP4rev2');
  if (canCount && client.mailbox) await client.noop(); // As in read-counts.ts.
  const listed = await client.list({ ...(canCount ? { statusQuery } : {}), specialUseHints: chosen });
  const paths = new Set(listed.map(({ path }) => path));
  // Cyrus and Courier keep all below "INBOX." (RFC 2342 section 5): that is the top, and INBOX is nobody's parent.
  const prefix = client.namespace?.prefix ?? '';
  const snoozed = snoozedPath(listed, chosen.snoozed);
  const canTell = client.capabilities.has('ACL');
  return listed.map((entry) => {
    const mailbox = toMailbox(entry, paths, prefix);
    if (canTell && isOthers(client, mailbox.path)) mailbox.isShared = true;
    return mailbox.path === snoozed ? { ...mailbox, role: 'snoozed' } : mailbox;
  });
}

/** Whether a mailbox is not one's own: the longest prefix of a namespace that it begins with says so (RFC 2342). */
function isOthers({ namespaces }: ImapFlow, path: string): boolean {
  if (path.toUpperCase() === 'INBOX' || !namespaces) return false;
  const longest = (some: typeof namespaces.other) =>
    Math.max(-1, ...(some || []).filter(({ prefix }) => path.startsWith(prefix)).map(({ prefix }) => prefix.length));
  return Math.max(longest(namespaces.other), longest(namespaces.shared)) > longest(namespaces.personal);
}

/**
 * Where snoozed messages wait: the mailbox that was chosen, else the one with the attribute `Snoozed`
 * (draft-ietf-mailmaint-messageflag-mailboxattribute), else the one of that name at the top, for few servers know the attribute.
 */
function snoozedPath(listed: readonly ListResponse[], chosen: string | undefined): string | undefined {
  const open = listed.filter(
    ({ flags, specialUse }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent') && !specialUse,
  );
  const found =
    listed.find(({ path }) => path === chosen) ??
    open.find(({ flags }) => flags.has('\\Snoozed') || flags.has('Snoozed')) ??
    open.find(({ name, parentPath }) => /^snoozed$/i.test(name) && /^(INBOX)?$/i.test(parentPath));
  return found?.path;
}

function toMailbox(entry: ListResponse, paths: ReadonlySet<string>, prefix: string): Mailbox {
  const selectable = !entry.flags.has('\\Noselect') && !entry.flags.has('\\NonExistent');
  const isAbove = entry.parentPath !== '' && `${entry.parentPath}${entry.delimiter}` !== prefix;
  const { status } = entry;
  return {
    path: entry.path,
    name: entry.name || entry.path,
    parent: isAbove && paths.has(entry.parentPath) ? entry.parentPath : null,
    delimiter: entry.delimiter || null,
    role: roleOf(entry),
    selectable,
    subscribed: entry.subscribed ?? false, // Left out where the list says no.
    canHoldMailboxes: Boolean(entry.delimiter) && !entry.flags.has('\\Noinferiors'),
    counts: selectable && status && !('error' in status && status.error) ? toCounts(status) : null,
  };
}

/** imapflow knows RFC 6154's special uses, not RFC 8457's \\Important, which Gmail has. */
function roleOf({ specialUse, flags }: ListResponse): MailboxRole | null {
  return (specialUse && roles[specialUse]) || (flags.has('\\Important') ? 'important' : null);
}
