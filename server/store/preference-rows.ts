import 'server-only';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import { preferencesSchema } from '#lib/mail/preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { database } from './database.ts';

/** An account's preferences; what a newer or older version wrote falls back to the default, field by field. */
export function readPreferences(accountKey: string): Preferences {
  const row = database().prepare('SELECT value FROM preferences WHERE account_key = ?').get(accountKey);
  if (!row) return defaultPreferences;
  const stored: unknown = JSON.parse(String(row.value));
  const merged: Record<string, unknown> = { ...defaultPreferences };
  for (const [name, schema] of Object.entries(preferencesSchema.shape)) {
    const value = stored && typeof stored === 'object' ? (stored as Record<string, unknown>)[name] : undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) merged[name] = parsed.data;
  }
  return preferencesSchema.parse(merged);
}

export function writePreferences(accountKey: string, preferences: Preferences): void {
  database()
    .prepare('INSERT INTO preferences VALUES (?1, ?2) ON CONFLICT (account_key) DO UPDATE SET value = ?2')
    .run(accountKey, JSON.stringify(preferences));
}
