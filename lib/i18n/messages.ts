import compile from 'icu-minify/compile';
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

const compiled = new Map<Locale, Messages>();

/**
 * The catalogue of a language, on the server: the browser is given only the one it shows. What is missing reads English. The texts
 * are compiled already, so that the browser needs no parser for them (next.config.js).
 */
export function messagesOf(locale: Locale): Messages {
  let messages = compiled.get(locale);
  if (!messages) {
    messages = compileAll(locale === 'de' ? de : locale === 'ar' ? withFallback(ar, en) : en);
    compiled.set(locale, messages);
  }
  return messages;
}

/** What somebody sees who is not signed in, which need not hold the words for mail. */
export function messagesBeforeSignIn(locale: Locale): Messages {
  const { common, errors, login, session, body } = messagesOf(locale);
  return { common, errors, login, session, body } as Messages; // The other pages are not drawn then.
}

function compileAll(messages: Messages): Messages {
  const entries = Object.entries(messages).map(([name, texts]) => [
    name,
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compile(text)])),
  ]);
  // The same names; use-intl takes a compiled text for a text. Through JSON, for React sends plain objects only.
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Messages;
}

type Partially<T> = { [K in keyof T]?: Partial<T[K]> };

function withFallback(own: Partially<Messages>, fallback: Messages): Messages {
  const filled = Object.entries<object>(fallback).map(([name, texts]) => {
    const some: object | undefined = own[name as keyof Messages];
    return [name, { ...texts, ...some }];
  });
  return Object.fromEntries(filled) as Messages; // Same names, and every text from one of the two.
}
