import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { ChoosableRole } from '#lib/mail/choosable-roles.ts';
import { isBelow, renamedPath } from '#lib/mail/mailbox-path.ts';
import { atom, execCommand, mailboxName, quoted } from './protocol.ts';
import { toMailError } from './to-mail-error.ts';

/**
 * Makes and subscribes a mailbox; the server makes missing parents (RFC 9051 section 6.3.4). Throws mailbox-exists.
 */
export async function createMailbox(client: ImapFlow, path: MailboxPath): Promise<MailboxPath> {
  const made = await named(client.mailboxCreate(path));
  if (!made.created) throw new MailError('mailbox-exists');
  return made.path;
}

/**
 * RENAME with all that is below (RFC 9051 section 6.3.6), but not their subscriptions. Answers the path as the server's namespace makes it.
 * INBOX would stay, and only lose its messages to the new name: throws mailbox-protected.
 */
export async function renameMailbox(client: ImapFlow, mailbox: Mailbox, to: MailboxPath): Promise<MailboxPath> {
  if (mailbox.path === 'INBOX') throw new MailError('mailbox-protected');
  if (isBelow(mailbox, to)) throw new MailError('invalid-input');
  return (await named(client.mailboxRename(mailbox.path, to))).newPath;
}

/** Subscriptions belong to names: brings those of a renamed mailbox and of all that was below to the new ones. */
export async function moveSubscriptions(
  client: ImapFlow,
  from: Mailbox,
  to: MailboxPath,
  before: readonly Mailbox[],
): Promise<void> {
  for (const { path, subscribed } of before) {
    const renamed = renamedPath(path, from, to);
    if (!subscribed || renamed === path) continue;
    await client.mailboxUnsubscribe(path);
    await client.mailboxSubscribe(renamed);
  }
}

/** Deletes mailboxes, deepest first: a parent with children cannot go (RFC 9051 section 6.3.5). One that is gone already is none. */
export async function deleteMailboxes(client: ImapFlow, paths: readonly MailboxPath[]): Promise<void> {
  if (paths.includes('INBOX')) throw new MailError('mailbox-protected');
  for (const path of paths.toSorted((a, b) => b.length - a.length)) {
    try {
      await client.mailboxDelete(path);
    } catch (thrown) {
      const error = toMailError(thrown);
      if (error.code === 'mailbox-missing') continue;
      const isParent = /child|inferior/i.test(String((thrown as { responseText?: unknown }).responseText));
      throw isParent ? new MailError('mailbox-holds-others', { cause: thrown }) : error;
    }
    await client.mailboxUnsubscribe(path);
  }
}

export async function subscribeMailbox(client: ImapFlow, path: MailboxPath, value: boolean): Promise<void> {
  const isDone = value ? await client.mailboxSubscribe(path) : await client.mailboxUnsubscribe(path);
  if (!isDone) throw new MailError('mailbox-missing');
}

const uses: Record<ChoosableRole, string> = {
  drafts: '\\Drafts',
  sent: '\\Sent',
  archive: '\\Archive',
  snoozed: '\\Snoozed',
  junk: '\\Junk',
  trash: '\\Trash',
};

/** Gives a mailbox a special use on the server (RFC 6154 section 5.4), so that other programs know; false where it can't be. */
export async function setSpecialUse(client: ImapFlow, path: MailboxPath, role: ChoosableRole): Promise<boolean> {
  if (!client.capabilities.has('METADATA')) return false;
  const entry = [atom('/private/specialuse'), quoted(uses[role])];
  try {
    await execCommand(client, 'SETMETADATA', [mailboxName(client, path), entry]);
    return true;
  } catch (error) {
    if (!client.usable) throw error;
    return false; // Dovecot 2.3 has it in its configuration only, and says CANNOT.
  }
}

/** Codes that say something else of names than of messages (RFC 5530 section 3). */
const byResponseCode: Readonly<Record<string, MailErrorCode>> = {
  ALREADYEXISTS: 'mailbox-exists',
  CANNOT: 'mailbox-name-refused',
  NOINFERIORS: 'mailbox-name-refused',
};

/** imapflow answers undefined when the connection ended before the command was sent. */
async function named<T>(command: Promise<T | undefined>): Promise<T> {
  try {
    const answer = await command;
    if (answer) return answer;
  } catch (thrown) {
    const { serverResponseCode, responseText } = thrown as { serverResponseCode?: string; responseText?: string };
    const code = serverResponseCode ? byResponseCode[serverResponseCode.toUpperCase()] : undefined;
    if (code) throw new MailError(code, { cause: thrown });
    // Without a code (RFC 3501): Cyrus, Courier and older Dovecot say it in words.
    if (/already exists/i.test(responseText ?? '')) throw new MailError('mailbox-exists', { cause: thrown });
    if (/invalid|not (allowed|permitted)|illegal|character/i.test(responseText ?? ''))
      throw new MailError('mailbox-name-refused', { cause: thrown });
    throw thrown;
  }
  throw new MailError('server-unreachable');
}
