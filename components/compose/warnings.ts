import type { DraftContent } from '#lib/mail/draft.ts';

/** What a person should know before a message goes; each can be waved through. */
export type Warning =
  | { kind: 'no-subject' }
  | { kind: 'attachment-missing'; word: string }
  | { kind: 'many-recipients'; count: number }
  | { kind: 'look-alike'; address: string; like: string };

/** Recipients of an answer to all above which it is asked whether they are all meant. */
const many = 20;

/** Domains that others are made to resemble. */
const wellKnown = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'mail.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  't-online.de',
  'proton.me',
];

/** Words that promise a file, in English and German. */
const promise =
  /(?:^|[^\p{L}])((?:(?:i(?:'ve| have)?|we(?:'ve| have)?) attached|(?:see|find)(?: (?:the|my|our))? (?:attached|enclosed|attachment)|(?:is|are) attached|attached (?:is|are|you|the|please)|in the attachment|(?:im|als|den|siehe|mit) (?:anhang|anlage|beilage)|in der anlage|anbei|angehängt|beigefügt|hängt an))(?!\p{L})/iu;

/**
 * `written` is the text without what is quoted. `isToAll` says that it answers all of a message's recipients; `trusted` are addresses whose
 * domains are known to be right: one's own, and those of the message that is answered.
 */
export function findWarnings(
  content: Pick<DraftContent, 'to' | 'cc' | 'bcc' | 'subject' | 'attachments'>,
  { written, isToAll, trusted }: { written: string; isToAll: boolean; trusted: readonly string[] },
): Warning[] {
  const warnings: Warning[] = [];
  const recipients = [...content.to, ...content.cc, ...content.bcc].map(({ address }) => address);
  const visible = content.to.length + content.cc.length;
  if (!content.subject.trim()) warnings.push({ kind: 'no-subject' });
  const word = promise.exec(written)?.[1];
  if (word && !content.attachments.some(({ contentId }) => contentId === null))
    warnings.push({ kind: 'attachment-missing', word });
  if (isToAll && visible > many) warnings.push({ kind: 'many-recipients', count: visible });
  const right = new Set([...trusted.map(domainOf), ...wellKnown].filter(Boolean));
  for (const address of recipients) {
    const domain = domainOf(address);
    if (!domain || right.has(domain)) continue;
    const like = [...right].find((one) => looksLike(domain, one));
    if (like) warnings.push({ kind: 'look-alike', address, like });
  }
  return warnings;
}

/** The words of a plain text that its writer wrote: without quotes, and without the signature. */
export function withoutQuotes(text: string): string {
  const own = text.split(/\n-- (?:\n|$)/)[0] ?? '';
  return own
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** The same to the eye, or one slip of the finger away. Short names are too often both right. */
function looksLike(domain: string, other: string): boolean {
  if (domain === other) return false;
  if (skeleton(domain) === skeleton(other)) return true;
  return Math.min(domain.length, other.length) >= 7 && isOneSlip(domain, other);
}

const confusables: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[0оοö]/g, 'o'],
  [/[1lіıi|]/g, 'i'],
  [/[аàáä]/g, 'a'],
  [/[еèéё]/g, 'e'],
  [/[рρ]/g, 'p'],
  [/[сç]/g, 'c'],
  [/[уý]/g, 'y'],
  [/[хχ]/g, 'x'],
  [/5/g, 's'],
];

function skeleton(domain: string): string {
  return confusables.reduce((text, [pattern, letter]) => text.replace(pattern, letter), domain);
}

/** One letter more, less, other, or two changed places. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.length > restB.length) return restA.slice(1) === restB;
  if (restB.length > restA.length) return restB.slice(1) === restA;
  if (restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
