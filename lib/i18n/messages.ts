import ar from './ar.json' with { type: 'json' };
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import type { Locale } from './locales.ts';

export type Messages = typeof en;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
  }
}

/** The catalogue of a language, on the server: the browser is given only the one it shows. What is missing reads English. */
export function messagesOf(locale: Locale): Messages {
  if (locale === 'de') return de;
  return locale === 'ar' ? withFallback(ar, en) : en;
}

type Partially<T> = { [K in keyof T]?: Partial<T[K]> };

function withFallback(own: Partially<Messages>, fallback: Messages): Messages {
  const filled = Object.entries(fallback).map(([name, texts]) => [name, { ...texts, ...own[name as keyof Messages] }]);
  return Object.fromEntries(filled) as Messages; // Same names, and every text from one of the two.
}
