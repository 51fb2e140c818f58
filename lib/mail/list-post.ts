/** The address in a List-Post field (RFC 2369 section 3.4); null where it says NO or names none by mail. */
export function parseListPost(value: string): string | null {
  return /<mailto:([^<>?\s]{1,400})[^<>]*>/i.exec(value)?.[1] ?? null;
}
