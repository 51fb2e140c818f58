'use server';

import type { Result } from '#lib/errors.ts';
import { preferencesChangeSchema } from '#lib/mail/preferences.ts';
import type { Preferences, PreferencesChange } from '#lib/mail/preferences.ts';
import { accountKey } from '#server/auth/account.ts';
import { tellAccount } from '#server/events/hub.ts';
import { tellServerOfBlocked } from '#server/mail/sieve-rules.ts';
import { readPreferences, writePreferences } from '#server/store/preference-rows.ts';
import { forgetWakeSecrets } from '#server/store/snooze-rows.ts';
import { mailAction } from './mail-action.ts';

const run = mailAction(preferencesChangeSchema, async (auth, change) => {
  const key = accountKey(auth.account);
  const before = readPreferences(key);
  const preferences = { ...before, ...change };
  writePreferences(key, preferences);
  if (change.blockedSenders) tellServerOfBlocked(auth, addressesOf(before), addressesOf(preferences));
  if (!preferences.wakesWhileAway) forgetWakeSecrets(key);
  tellAccount(key, { type: 'preferences', preferences });
  return preferences;
});

function addressesOf({ blockedSenders }: Preferences): string[] {
  return blockedSenders.map(({ address }) => address);
}

/** Stores what was chosen, tells the account's other browsers, and answers all preferences as they are now. */
export async function savePreferences(change: PreferencesChange, account: string | null): Promise<Result<Preferences>> {
  return run(change, account);
}
