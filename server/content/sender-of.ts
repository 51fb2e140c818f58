import 'server-only';
import libmime from 'libmime';
import { visibleText } from '#lib/format/visible-text.ts';

const maxLength = 320;

/** The address of a From field as it stands, lower case; empty where there is none. Cheap: it is asked of a hundred thousand. */
export function senderAddress(field: string): string {
  const value = field.replace(/^from:/i, '').replace(/\r?\n[ \t]+/g, ' ');
  const first = /<([^<>\s]{1,320})>/.exec(value)?.[1] ?? /[^\s<>",;:()]+@[^\s<>",;:()]+/.exec(value)?.[0] ?? '';
  return first.slice(0, maxLength).toLowerCase();
}

/** The name before the address, decoded (RFC 2047); null where there is none. */
export function senderName(field: string): string | null {
  const value = field.replace(/^from:/i, '').replace(/\r?\n[ \t]+/g, ' ');
  const raw = /^([^<]*)</.exec(value)?.[1]?.trim().replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') ?? '';
  const name = visibleText(decode(raw)).trim().slice(0, maxLength);
  return name || null;
}

function decode(raw: string): string {
  try {
    return raw.includes('=?') ? libmime.decodeWords(raw) : raw;
  } catch {
    return raw;
  }
}
