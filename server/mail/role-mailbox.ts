import 'server-only';
import type { Mailbox, MailboxPath, MailboxRole } from '#lib/mail/mailbox.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { singleton } from '#server/singleton.ts';
import { makeMailboxFor } from './make-mailbox-for.ts';

/** What a mailbox is called that has to be made. */
const usualNames = { drafts: 'Drafts', sent: 'Sent' } as const;

/** Roles change rarely; this long they are believed, in milliseconds. */
const believedFor = 20_000;

const known = singleton('role-mailboxes', () => new Map<string, { path: MailboxPath; at: number }>());

/** The mailbox of a special use (RFC 6154), made where there is none. */
export async function roleMailbox(session: ImapSession, role: keyof typeof usualNames): Promise<MailboxPath> {
  const key = `${session.accountKey} ${role}`;
  const believed = known.get(key);
  if (believed && Date.now() < believed.at + believedFor) return believed.path;
  const found = withRole(await listMailboxes(session), role);
  const path = found?.path ?? (await makeMailboxFor(session, role, usualNames[role]));
  if (known.size > 10_000) known.clear();
  known.set(key, { path, at: Date.now() });
  return path;
}

/** After the mailbox turned out to be gone. */
export function forgetRoleMailbox(session: ImapSession, role: keyof typeof usualNames): void {
  known.delete(`${session.accountKey} ${role}`);
}

export function withRole(mailboxes: readonly Mailbox[], role: MailboxRole): Mailbox | undefined {
  return mailboxes.find((mailbox) => mailbox.role === role && mailbox.selectable);
}
