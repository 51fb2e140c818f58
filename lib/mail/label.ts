import type { Keyword } from './keyword.ts';

/**
 * Labels are IMAP keywords, which are atoms (RFC 9051 section 9): a name in any script is written in modified UTF-7 (RFC 3501
 * section 5.1.3), as Thunderbird and Roundcube write theirs, with "_" for a blank. So every program of the account shows the same labels,
 * and a plain name is its own keyword. Whatever else an atom can't hold is written in the same way.
 */
export interface Label {
  keyword: Keyword;
  name: string;
  /** 0 to 8: one of the quiet tints. */
  colour: number;
}

export const labelColours = 9;

/** Octets of a keyword that servers take: Dovecot's default. (Maildir besides holds no more than 26 keywords in a mailbox.) */
const maxKeyword = 50;

/** What programs say to each other and nobody gave as a label. */
const mark = /^(\$.*|nonjunk|junk|notjunk|forwarded|mdnsent|redirected|old|recent|has_cal|\\.*)$/i;

/** Marks that other programs show as labels, each with its name in the catalogue's `labels`: Thunderbird's five, and RFC 8457's. */
export const namedMarks = {
  $label1: 'thunderbird1',
  $label2: 'thunderbird2',
  $label3: 'thunderbird3',
  $label4: 'thunderbird4',
  $label5: 'thunderbird5',
  $important: 'important',
} as const;

export type NamedMark = keyof typeof namedMarks;

export function namedMarkOf(keyword: Keyword): NamedMark | null {
  const lower = keyword.toLowerCase();
  return lower in namedMarks ? (lower as NamedMark) : null; // True: it is one of the keys.
}

/** Whether a keyword is shown as a label. */
export function isLabel(keyword: Keyword): boolean {
  return !mark.test(keyword) || namedMarkOf(keyword) !== null;
}

/** The form in which names are compared and kept. */
export function tidyLabelName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ');
}

/** The keyword of a tidied name; null where it is empty, or longer than servers take. It leads back to the name. */
export function toLabelKeyword(name: string, most = maxKeyword): Keyword | null {
  if (name === '') return null;
  const plain = keywordText(name);
  // A name that reads like a program's mark would be hidden.
  const keyword = mark.test(plain) ? encodeRun(name.slice(0, 1)) + plain.slice(1) : plain;
  return keyword.length <= most ? keyword : null;
}

/** Any text as the letters of an atom can hold it. */
export function keywordText(text: string): string {
  return text.replace(/[^!#$'+,\-./0-9:;<=>?@A-Z[^`a-z|}~ ]+/g, encodeRun).replaceAll(' ', '_');
}

/** The name a keyword was made of; another program's keyword as it stands, blanks for "_". */
export function labelNameOf(keyword: Keyword): string {
  return keyword.replaceAll('_', ' ').replace(/&([A-Za-z0-9+,]*)-/g, (run, base64: string) => {
    if (base64 === '') return '&';
    return decodeBase64(base64) ?? run;
  });
}

/** How a search names it: by its name where that leads back to the keyword, else by the keyword. */
export function writtenLabel({ keyword, name }: Pick<Label, 'keyword' | 'name'>): string {
  return toLabelKeyword(tidyLabelName(name)) === keyword ? name : keyword;
}

/** Keywords are told apart without regard to case (RFC 9051 section 2.3.2). */
export function isSameKeyword(one: Keyword, other: Keyword): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function encodeRun(run: string): string {
  if (run === '&') return '&-';
  let octets = '';
  for (let index = 0; index < run.length; index += 1) {
    const unit = run.charCodeAt(index);
    octets += String.fromCharCode(unit >> 8, unit & 0xff);
  }
  return `&${btoa(octets).replace(/=+$/, '').replaceAll('/', ',')}-`;
}

/** Null for what is no UTF-16 in its one proper form: a keyword that only looks like it. */
function decodeBase64(base64: string): string | null {
  try {
    const octets = atob(base64.replaceAll(',', '/'));
    if (octets.length % 2 !== 0) return null;
    let text = '';
    for (let index = 0; index < octets.length; index += 2)
      text += String.fromCharCode((octets.charCodeAt(index) << 8) | octets.charCodeAt(index + 1));
    return text.isWellFormed() && encodeRun(text) === `&${base64}-` ? text : null;
  } catch {
    return null;
  }
}
