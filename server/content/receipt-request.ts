import 'server-only';
import { isDeliverable } from '#lib/mail/address.ts';
import { parseAddressList } from '#lib/mail/parse-address-list.ts';
import type { ReceiptRequest } from '#lib/mail/receipt-request.ts';
import { decodeWords, valuesOf } from './headers.ts';
import type { Header } from './headers.ts';

const longestField = 1_000;
const longestName = 100;
/** Fields of lists and of what was sent to many: nobody of them is owed an answer. */
const bulk = ['list-id', 'list-unsubscribe', 'list-post', 'list-help'];

/**
 * Who asks for a receipt, from the fields as they are written (RFC 8098 section 2.1). Null where nobody does, or not
 * just one address; where it was sent to a list, by a program, or by nobody, whom an answer could send around in
 * circles (RFC 3834 section 2); and where it demands what we do not know (section 2.2).
 */
export function readReceiptRequest(fields: readonly Header[]): ReceiptRequest | null {
  const [asked, ...more] = valuesOf(fields, 'disposition-notification-to');
  if (asked === undefined || more.length > 0 || asked.length > longestField) return null;
  const [person, ...others] = parseAddressList(asked);
  if (!person || others.length > 0 || !isDeliverable(person.address)) return null;
  if (valuesOf(fields, 'auto-submitted').some((value) => !/^no\b/i.test(value))) return null;
  if (valuesOf(fields, 'precedence').some((value) => /^(?:bulk|list|junk)\b/i.test(value))) return null;
  if (bulk.some((name) => valuesOf(fields, name).length > 0)) return null;
  if (valuesOf(fields, 'disposition-notification-options').some((value) => /=\s*required\b/i.test(value))) return null;
  const [path] = valuesOf(fields, 'return-path');
  if (path !== undefined && /^<\s*>/.test(path)) return null;
  const name = person.name ? decodeWords(person.name).slice(0, longestName).toWellFormed() : null;
  return { name, address: person.address, isSender: path !== undefined && isSame(path, person.address) };
}

/** The domain's letters may be large or small, the part before it is its owner's matter (RFC 5321 section 2.4). */
function isSame(path: string, address: string): boolean {
  const plain = (text: string) => text.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
  return plain(path.replace(/^<(.*)>.*$/, '$1').trim()) === plain(address);
}
