import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { directionOf, isLocale, negotiateLocale } from '#lib/i18n/locales.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { messagesBeforeSignIn, messagesOf } from '#lib/i18n/messages.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { DateContext } from '#lib/format/dates.ts';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { accountKey } from '#server/auth/account.ts';
import { findAuthSession } from '#server/auth/auth-session.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { readPreferences } from '#server/store/preference-rows.ts';

export interface PageContext {
  auth: AuthSession | null;
  preferences: Preferences;
  locale: Locale;
  direction: 'ltr' | 'rtl';
  messages: Messages;
  format: DateContext;
}

/** Who looks and in which language, zone and colours: the same for the layout and the page of one request. */
export const pageContext = cache(async (): Promise<PageContext> => {
  const auth = await findAuthSession();
  const preferences = auth ? shownTo(auth, readPreferences(accountKey(auth.account))) : defaultPreferences;
  const negotiated = negotiateLocale((await headers()).get('accept-language'));
  const chosen = isLocale(preferences.language) ? preferences.language : null;
  const locale = chosen ?? negotiated.locale;
  const tag = negotiated.locale === locale ? negotiated.tag : locale;
  const timeZone = knownZone((await cookies()).get('pipit-tz')?.value);
  return {
    auth,
    preferences,
    locale,
    direction: directionOf(locale),
    messages: auth ? messagesOf(locale) : messagesBeforeSignIn(locale),
    format: { locale: tag, timeZone, now: Date.now() },
  };
});

/** What was searched for elsewhere is nobody's business on a shared computer. */
function shownTo({ publicComputer }: AuthSession, preferences: Preferences): Preferences {
  return publicComputer ? { ...preferences, recentSearches: [], savedSearches: [] } : preferences;
}

function knownZone(cookie: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(cookie ?? 'UTC') }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
