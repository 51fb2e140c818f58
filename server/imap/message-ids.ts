import 'server-only';

/** Ids taken of one header at most: the last ones, which are nearest to the message. */
const most = 100;
const maxLength = 250;

/** The message ids in a header's text, "<a@b>" (RFC 5322 section 3.6.4), each once; what is no id is left out. */
export function messageIdsIn(text: string): string[] {
  const ids = new Set<string>();
  const [first] = text.matchAll(/<([^<>\s]{1,250})>/g);
  for (const [id] of text.slice(-most * maxLength).matchAll(/<[^<>\s]{1,250}>/g)) ids.add(id);
  const last = [...ids].slice(-most);
  // The first names the thread's beginning; it is kept also of ten thousand.
  return first && !last.includes(first[0]) ? [first[0], ...last] : last;
}

/** The ids in References, of a header or a part of it. */
export function referencesIn(headers: Buffer | undefined): string[] {
  const field = headers && /^References:.*(?:\r?\n[ \t].*)*/im.exec(headers.toString('latin1'))?.[0];
  return field ? messageIdsIn(field) : [];
}
