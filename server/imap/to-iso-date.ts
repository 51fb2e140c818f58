import 'server-only';

/** imapflow gives a Date where it could read one, else the server's text. Null for what is no date. */
export function toIsoDate(value: Date | string | undefined): string | null {
  if (!value) return null;
  const date = value instanceof Date ? value : new Date(value);
  const year = date.getUTCFullYear();
  // Outside of these toISOString writes six-digit years, which other clocks cannot read.
  return Number.isFinite(year) && year >= 0 && year <= 9999 ? date.toISOString() : null;
}
