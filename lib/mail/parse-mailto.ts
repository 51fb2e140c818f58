import type { Address } from './address.ts';
import { parseAddressList } from './parse-address-list.ts';

/** What a link or an address of ours may say of a new message. Everything else it says is left out: no attachments, no other header. */
export interface MailtoFields {
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  /** Plain text. */
  body: string;
}

const longest = 100_000;

/**
 * Reads the fields of a new message from the query of our own compose page; its `mailto` is a whole `mailto:` link, as browsers
 * hand it to the registered handler (RFC 6068). A "+" in such a link is a plus.
 */
export function parseComposeQuery(search: string): MailtoFields {
  const own = new URLSearchParams(search);
  const link = own.get('mailto');
  const fields = toFields(own);
  return link ? parseMailto(link) : fields;
}

/** Reads a `mailto:` link. */
export function parseMailto(link: string): MailtoFields {
  const [path = '', ...rest] = link.replace(/^(?:web\+)?mailto:/i, '').split('?');
  // RFC 6068 section 5: "+" is not a space here.
  const query = new URLSearchParams(rest.join('?').replaceAll('+', '%2B').replaceAll('&amp;', '&'));
  const linked = toFields(query);
  return { ...linked, to: [...parseAddressList(decode(path)), ...linked.to] };
}

function toFields(query: URLSearchParams): MailtoFields {
  const all = (wanted: string) =>
    [...query].filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return {
    to: parseAddressList(all('to').join(', ')),
    cc: parseAddressList(all('cc').join(', ')),
    bcc: parseAddressList(all('bcc').join(', ')),
    subject: (all('subject')[0] ?? '').replace(/[\0-\x1f\x7f]+/g, ' ').slice(0, 2000),
    body: all('body').join('\n').replaceAll('\r\n', '\n').slice(0, longest),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
