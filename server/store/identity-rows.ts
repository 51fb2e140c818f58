import 'server-only';
import { identitiesSchema } from '#lib/mail/identity.ts';
import type { Identity } from '#lib/mail/identity.ts';
import { database } from './database.ts';

/** What a person set up; null where nothing was, or where another version wrote it. */
export function readIdentityRow(accountKey: string): Identity[] | null {
  const row = database().prepare('SELECT value FROM identities WHERE account_key = ?').get(accountKey);
  const parsed = row ? identitiesSchema.safeParse(JSON.parse(String(row.value))) : null;
  return parsed?.success ? parsed.data : null;
}

export function writeIdentityRow(accountKey: string, identities: Identity[]): void {
  database()
    .prepare('INSERT INTO identities VALUES (?1, ?2) ON CONFLICT (account_key) DO UPDATE SET value = ?2')
    .run(accountKey, JSON.stringify(identities));
}
