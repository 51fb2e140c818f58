/** Languages the product speaks; the first is the fallback. German is whole, Arabic begun: what is missing reads English. */
export const locales = ['en', 'de', 'ar'] as const;

export type Locale = (typeof locales)[number];

export function isLocale(text: string): text is Locale {
  return (locales as readonly string[]).includes(text);
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The best match for an Accept-Language header (RFC 9110 section 12.5.4). */
export function negotiateLocale(header: string | null): Locale {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((piece) => {
      const [tag = '', ...parameters] = piece.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { language, quality } of wanted) if (quality > 0 && isLocale(language)) return language;
  return 'en';
}
