import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { RenamedMailbox } from '#lib/mail/change.ts';
import type { MailboxChange, MailboxOutcome } from '#lib/mail/mailbox-change.ts';
import { childPath, isBelow, renamedPath } from '#lib/mail/mailbox-path.ts';
import {
  createMailbox,
  deleteMailboxes,
  moveSubscriptions,
  renameMailbox,
  setSpecialUse,
  subscribeMailbox,
} from '#server/imap/change-mailbox.ts';
import { readCountsOf } from '#server/imap/read-counts.ts';
import { listMailboxes, listOn } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection } from '#server/imap/with-mailbox.ts';
import { readChosenRoles, writeChosenRole } from '#server/store/chosen-role-rows.ts';
import type { ChangeProgress } from './change-progress.ts';
import { readMailboxes } from './read-mailboxes.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

type Done = Pick<MailboxOutcome, 'path' | 'inverse'>;

/** One change by itself; answers the tree as it stands then. Throws a MailError. */
export async function executeMailboxChange(session: ImapSession, change: MailboxChange): Promise<MailboxOutcome> {
  const done = await carryOut(session, change, await listMailboxes(session));
  return { ...done, ...(await readMailboxes(session)) };
}

/**
 * Carries out a change, writing into `progress` what became of it. One that is sent again and that looks done is done: its answer
 * was lost. Throws a MailError.
 */
export async function changeMailbox(
  session: ImapSession,
  change: MailboxChange,
  again: boolean,
  progress: ChangeProgress,
): Promise<void> {
  if (progress.done.has(change.type)) return;
  const mailboxes = await listMailboxes(session);
  const { path, inverse } = await carryOut(session, change, mailboxes).catch((error: unknown) => {
    const done = again ? whatWasDone(change, mailboxes, error) : null;
    if (!done) throw error;
    return done;
  });
  progress.done.add(change.type);
  if (inverse) progress.outcome.undo.push(inverse);
  const renamed = renamedBy(change, path, mailboxes);
  if (renamed) progress.outcome.renamed = renamed;
}

/** How a change that failed for being done already was done; null where it failed for anything else. */
function whatWasDone(change: MailboxChange, mailboxes: readonly Mailbox[], error: unknown): Done | null {
  const code = isMailError(error) ? error.code : null;
  if (change.type === 'create' && code === 'mailbox-exists') {
    const path = childPath(mailboxes, change.parent, change.name);
    return { path, inverse: { type: 'delete', path, how: 'if-empty' } };
  }
  if (change.type === 'rename' && code === 'mailbox-missing') {
    const path = childPath(mailboxes, change.parent, change.name);
    return mailboxes.some((mailbox) => mailbox.path === path) ? { path, inverse: null } : null;
  }
  return change.type === 'delete' && code === 'mailbox-missing' ? { path: null, inverse: null } : null;
}

/** What else names the mailbox has to follow: also one that was made under another path than was asked for. */
function renamedBy(
  change: MailboxChange,
  path: MailboxPath | null,
  mailboxes: readonly Mailbox[],
): RenamedMailbox | null {
  if (change.type === 'subscribe' || change.type === 'set-role') return null;
  const from = change.type === 'create' ? childPath(mailboxes, change.parent, change.name) : change.path;
  const delimiter = mailboxes.find((mailbox) => mailbox.delimiter !== null)?.delimiter ?? null;
  return path === from ? null : { from: { path: from, delimiter }, to: path };
}

/**
 * Does it and tells every other tab and session of the account. Throws a MailError; then nothing was changed, but for a deletion
 * that the server stopped half-way, which the next look at the tree shows.
 */
async function carryOut(session: ImapSession, change: MailboxChange, mailboxes: Mailbox[]): Promise<Done> {
  try {
    return await execute(session, change, mailboxes);
  } finally {
    sessionFeed(session).mailboxesMoved(change.type === 'rename' || change.type === 'delete' ? [change.path] : []);
  }
}

async function execute(session: ImapSession, change: MailboxChange, mailboxes: Mailbox[]): Promise<Done> {
  switch (change.type) {
    case 'create': {
      const wanted = childPath(mailboxes, change.parent, change.name);
      const path = await withConnection(session.commands, (client) => createMailbox(client, wanted));
      return { path, inverse: { type: 'delete', path, how: 'if-empty' } };
    }
    case 'rename': {
      const mailbox = find(mailboxes, change.path);
      return rename(session, mailbox, childPath(mailboxes, change.parent, change.name), mailboxes);
    }
    case 'delete':
      return remove(session, find(mailboxes, change.path), change.how, mailboxes);
    case 'subscribe': {
      const { type, path, value } = change;
      await withConnection(session.commands, (client) => subscribeMailbox(client, path, value));
      return { path, inverse: { type, path, value: !value } };
    }
    case 'set-role': {
      const { type, role, path } = change;
      const before = mailboxes.find((mailbox) => mailbox.role === role)?.path ?? null;
      if (path !== null) await withConnection(session.commands, (client) => setSpecialUse(client, path, role));
      writeChosenRole(session.accountKey, role, path);
      return { path, inverse: { type, role, path: before } };
    }
  }
}

async function rename(session: ImapSession, mailbox: Mailbox, to: MailboxPath, mailboxes: Mailbox[]): Promise<Done> {
  const { path: from, parent, name } = mailbox;
  if (to === from) return { path: from, inverse: null };
  let isAgain = false;
  const path = await withConnection(session.commands, async (client) => {
    // The connection may have been lost after the server did it.
    const isDone = isAgain && isRenamed(await listOn(client), from, to);
    isAgain = true;
    return isDone ? to : renameMailbox(client, mailbox, to);
  });
  // By themselves, so that losing the connection here does not rename once more.
  await withConnection(session.commands, (client) => moveSubscriptions(client, mailbox, path, mailboxes));
  for (const [role, chosen] of Object.entries(readChosenRoles(session.accountKey))) {
    const renamed = renamedPath(chosen, mailbox, path);
    // True: readChosenRoles answers choosable roles only.
    if (renamed !== chosen) writeChosenRole(session.accountKey, role as Parameters<typeof writeChosenRole>[1], renamed);
  }
  return { path, inverse: { type: 'rename', path, parent, name } };
}

function isRenamed(mailboxes: readonly Mailbox[], from: MailboxPath, to: MailboxPath): boolean {
  const paths = new Set(mailboxes.map(({ path }) => path));
  return paths.has(to) && !paths.has(from);
}

async function remove(
  session: ImapSession,
  mailbox: Mailbox,
  how: Extract<MailboxChange, { type: 'delete' }>['how'],
  mailboxes: Mailbox[],
): Promise<Done> {
  const all = [mailbox, ...mailboxes.filter(({ path }) => isBelow(mailbox, path))];
  // Asked for now: not every server counts in the list.
  const messages = mailbox.selectable ? (await readCountsOf(session, mailbox.path)).messages : 0;
  const isEmpty = all.length === 1 && messages === 0;
  if (how === 'if-empty' && !isEmpty) throw new MailError('mailbox-not-empty');
  if (how === 'to-trash') {
    const trash = mailboxes.find(({ role }) => role === 'trash');
    if (!trash?.canHoldMailboxes || trash.path === mailbox.path) throw new MailError('mailbox-name-refused');
    return rename(session, mailbox, freePath(mailboxes, trash.path, mailbox.name), mailboxes);
  }
  await withConnection(
    session.commands,
    (client) =>
      deleteMailboxes(
        client,
        all.map(({ path }) => path),
      ),
    { timeoutMs: 120_000 },
  );
  const { parent, name } = mailbox;
  return { path: null, inverse: isEmpty && mailbox.selectable ? { type: 'create', parent, name } : null };
}

/** The first of "Name", "Name 2", "Name 3"… that is free below a parent. */
function freePath(mailboxes: readonly Mailbox[], parent: MailboxPath, name: string): MailboxPath {
  const taken = new Set(mailboxes.map(({ path }) => path));
  for (let number = 1; ; number += 1) {
    const path = childPath(mailboxes, parent, number === 1 ? name : `${name} ${number}`);
    if (!taken.has(path)) return path;
  }
}

/** Throws mailbox-missing. */
function find(mailboxes: readonly Mailbox[], path: MailboxPath): Mailbox {
  const mailbox = mailboxes.find((one) => one.path === path);
  if (!mailbox) throw new MailError('mailbox-missing');
  return mailbox;
}
