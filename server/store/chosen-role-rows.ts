import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { choosableRoles } from '#lib/mail/choosable-roles.ts';
import type { ChoosableRole } from '#lib/mail/choosable-roles.ts';
import { database } from './database.ts';

/** Special uses that a person gave to mailboxes where the server keeps none of its own for them. */
export type ChosenRoles = Partial<Record<ChoosableRole, MailboxPath>>;

export function readChosenRoles(accountKey: string): ChosenRoles {
  const rows = database().prepare('SELECT role, path FROM chosen_roles WHERE account_key = ?').all(accountKey);
  const chosen: ChosenRoles = {};
  for (const { role, path } of rows) {
    const known = choosableRoles.find((one) => one === role);
    if (known) chosen[known] = String(path);
  }
  return chosen;
}

/** A mailbox has one use: what it was before it no longer is. Null: as the server says. */
export function writeChosenRole(accountKey: string, role: ChoosableRole, path: MailboxPath | null): void {
  database()
    .prepare('DELETE FROM chosen_roles WHERE account_key = ?1 AND (role = ?2 OR path = ?3)')
    .run(accountKey, role, path);
  if (path === null) return;
  database().prepare('INSERT INTO chosen_roles VALUES (?, ?, ?)').run(accountKey, role, path);
}
