import 'server-only';
import type { Mailbox, MailboxPath, MailboxRole } from '#lib/mail/mailbox.ts';
import { singleton } from '#server/singleton.ts';
import { listOn } from './list-mailboxes.ts';
import type { ImapSession } from './sessions.ts';
import { withConnection } from './with-mailbox.ts';

/** Names where the server knows no mailbox with the role; made when needed. */
const usualNames = { drafts: 'Drafts', sent: 'Sent' } as const;

/** Roles change rarely; this long they are believed, in milliseconds. */
const believedFor = 60_000;

const known = singleton('role-mailboxes', () => new Map<string, { path: MailboxPath; at: number }>());

/** The mailbox of a special use (RFC 6154), made and subscribed where there is none. */
export async function roleMailbox(session: ImapSession, role: keyof typeof usualNames): Promise<MailboxPath> {
  const key = `${session.accountKey} ${role}`;
  const believed = known.get(key);
  if (believed && Date.now() < believed.at + believedFor) return believed.path;
  const path = await withConnection(session.commands, async (client) => {
    const mailboxes = await listOn(client);
    const found = withRole(mailboxes, role) ?? mailboxes.find(({ path: other }) => other === usualNames[role]);
    if (found) return found.path;
    const made = await client.mailboxCreate(usualNames[role]);
    await client.mailboxSubscribe(made.path);
    return made.path;
  });
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
