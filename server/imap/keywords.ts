import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isLabel } from '#lib/mail/label.ts';
import { labelsToKeywords } from './gmail-labels.ts';

/** RFC 9051 section 2.3.2 on the left, RFC 8621 section 4.1.1 on the right. */
const systemFlags: ReadonlyMap<string, Keyword> = new Map([
  ['\\seen', '$seen'],
  ['\\flagged', '$flagged'],
  ['\\answered', '$answered'],
  ['\\draft', '$draft'],
  ['\\deleted', '$deleted'], // Not in RFC 8621, where a message is there or gone; only told, never set.
]);

const flagsOfKeywords: ReadonlyMap<Keyword, string> = new Map([
  ['$seen', '\\Seen'],
  ['$flagged', '\\Flagged'],
  ['$answered', '\\Answered'],
  ['$draft', '\\Draft'],
  ['$forwarded', '$Forwarded'], // As everybody writes it (RFC 5788 section 3 says case counts for nothing).
]);

/**
 * \Recent belongs to a connection and is nothing a person set. `labels` are Gmail's, where the server is Gmail: these
 * are the labels then, and no keyword is one.
 */
export function toKeywords(flags: Iterable<string>, labels?: Iterable<string>): Keyword[] {
  const keywords: Keyword[] = [];
  for (const flag of flags) {
    if (!flag.startsWith('\\')) keywords.push(flag.toLowerCase() === '$forwarded' ? '$forwarded' : flag);
    else {
      const keyword = systemFlags.get(flag.toLowerCase());
      if (keyword) keywords.push(keyword);
    }
  }
  if (!labels) return keywords.sort();
  return [...keywords.filter((one) => one.startsWith('$') || !isLabel(one)), ...labelsToKeywords(labels)].sort();
}

export function toFlag(keyword: Keyword): string {
  return flagsOfKeywords.get(keyword) ?? keyword;
}
