'use server';

import type { Result } from '#lib/errors.ts';
import { preferencesSchema } from '#lib/mail/preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { accountKey } from '#server/auth/account.ts';
import { writePreferences } from '#server/store/preference-rows.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(preferencesSchema, async (auth, preferences) => {
  writePreferences(accountKey(auth.account), preferences);
  return preferences;
});

/** Stores all preferences of the account and answers them. */
export async function savePreferences(preferences: Preferences): Promise<Result<Preferences>> {
  return run(preferences);
}
