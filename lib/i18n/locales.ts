/** Languages the product speaks; the first is the fallback. German is whole, Arabic begun: what is missing reads English. */
const locales = ['en', 'de', 'ar'] as const;

export type Locale = (typeof locales)[number];

export function isLocale(text: string): text is Locale {
  return (locales as readonly string[]).includes(text);
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/**
 * The best match for an Accept-Language header (RFC 9110 section 12.5.4), and the tag by which its dates are written:
 * "en-GB" speaks English and writes the day first.
 */
export function negotiateLocale(header: string | null): { locale: Locale; tag: string } {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((piece) => {
      const [tag = '', ...parameters] = piece.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { tag, language, quality } of wanted) {
    if (quality > 0 && isLocale(language)) return { locale: language, tag: isTag(tag) ? tag : language };
  }
  return { locale: 'en', tag: 'en' };
}

function isTag(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
