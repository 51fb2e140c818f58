import 'server-only';
import libmime from 'libmime';
import { decodeCharset } from './decode-text.ts';

export interface Header {
  name: string;
  value: string;
}

/** In octets and fields. */
export const maxHeaderBytes = 256 * 1024;
const maxFields = 1_000;

/** A header block as fields in their order, unfolded and with encoded-words decoded (RFC 5322 section 2.2, RFC 2047). */
export function parseHeaders(bytes: Buffer): Header[] {
  return splitHeaders(bytes).map(({ name, value }) => ({ name, value: decodeWords(value) }));
}

/** The same as written: where a decoded word must not pass for what it decodes to. */
export function splitHeaders(bytes: Buffer): Header[] {
  const text = decodeCharset(bytes.subarray(0, maxHeaderBytes), '');
  const fields: Header[] = [];
  for (const line of text.split(/\r?\n(?![ \t])/)) {
    const colon = line.indexOf(':');
    if (colon <= 0 || fields.length >= maxFields) continue;
    const value = line
      .slice(colon + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim();
    fields.push({ name: line.slice(0, colon).trim(), value });
  }
  return fields;
}

/** Encoded-words as what they say (RFC 2047); what makes no sense stays as it was written. */
export function decodeWords(value: string): string {
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}

/** All values of a field, topmost first; `name` in lower case. */
export function valuesOf(fields: readonly Header[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value);
}

/** Message-IDs of a References or In-Reply-To field, at most 200 (RFC 5322 section 3.6.4). */
export function messageIdsIn(field: string): string[] {
  return (field.match(/<[^<>\s]{1,998}>/g) ?? []).slice(-200);
}
