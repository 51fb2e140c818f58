import 'server-only';
import type { ImapFlow } from 'imapflow';
import { keywordSchema } from '#lib/mail/keyword.ts';
import { labelNameOf, tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import { leavesOf } from '#lib/mail/search-query.ts';
import type { SearchField, SearchLeaf, SearchState, SearchTerm } from '#lib/mail/search-query.ts';
import { hasGmailLabels } from './gmail-labels.ts';
import { toFlag } from './keywords.ts';
import { atom, literal, mailboxName, quoted } from './protocol.ts';
import type { Token } from './protocol.ts';
import { toSearchDate } from './search-uids.ts';

const fields: Readonly<Record<Exclude<SearchField, 'list'>, string>> = {
  any: 'TEXT',
  from: 'FROM',
  to: 'TO',
  cc: 'CC',
  subject: 'SUBJECT',
  body: 'BODY',
};

const states: Readonly<Record<SearchState, string>> = {
  unread: 'UNSEEN',
  read: 'SEEN',
  starred: 'FLAGGED',
  unstarred: 'UNFLAGGED',
  answered: 'ANSWERED',
  unanswered: 'UNANSWERED',
  draft: 'DRAFT',
};

const nothing = [atom('NOT'), atom('ALL')];

export interface SearchProgram {
  /** Stands before all keys. */
  charset: Token[];
  keys: Token[];
}

/**
 * A query as a SEARCH program (RFC 9051 section 6.4.4), with its CHARSET where a text needs one. Texts travel as quoted strings or
 * literals and never as they stand. What IMAP cannot ask (attachments, mailboxes) is decided before, but for Gmail;
 * here it matches nothing.
 */
export function toSearchProgram(client: ImapFlow, term: SearchTerm | true, now = new Date()): SearchProgram {
  if (term === true) return { charset: [], keys: [atom('ALL')] };
  const asking = { client, now, asHeaders: fieldsAsHeaders(term) };
  const keys = toKeys(asking, term);
  const needsCharset = keys.some(isLiteral) && !client.enabled.has('UTF8=ACCEPT'); // RFC 6855 section 3 forbids it then.
  return { charset: needsCharset ? [atom('CHARSET'), atom('UTF-8')] : [], keys };
}

interface Asking {
  client: ImapFlow;
  now: Date;
  asHeaders: ReadonlySet<SearchField>;
}

const addresses: readonly SearchField[] = ['from', 'to', 'cc'];

/**
 * Fields that are looked through as they stand. Dovecot 2.3 looks through addresses with a backslash before each quote and apostrophe,
 * where O'Hara is not found; and through a field in one way only within a search.
 */
function fieldsAsHeaders(term: SearchTerm): Set<SearchField> {
  const texts = leavesOf(term).filter((leaf) => leaf.type === 'text');
  const escaped = texts.filter(({ field, value }) => addresses.includes(field) && /['"\\]/.test(value));
  return new Set(escaped.map(({ field }) => field));
}

/** Keys that hold together stand side by side; below OR and NOT they are one list. */
function toKeys(asking: Asking, term: SearchTerm): Token[] {
  switch (term.type) {
    case 'and':
      return term.terms.flatMap((one) => toKeys(asking, one));
    case 'or':
      return term.terms.map((one) => toKey(asking, one)).reduceRight((rest, key) => [atom('OR'), ...key, ...rest]);
    case 'not':
      return [atom('NOT'), ...toKey(asking, term.term)];
    default:
      return leafKeys(asking, term);
  }
}

function toKey(asking: Asking, term: SearchTerm): Token[] {
  const keys = toKeys(asking, term);
  return term.type === 'and' ? [keys] : keys;
}

function leafKeys({ client, now, asHeaders }: Asking, leaf: SearchLeaf): Token[] {
  switch (leaf.type) {
    case 'text':
      if (leaf.field === 'list' && hasGmailLabels(client)) return askGmail('list', leaf.value);
      if (leaf.field === 'list') return [atom('HEADER'), atom('List-Id'), toText(leaf.value)];
      return [...(asHeaders.has(leaf.field) ? [atom('HEADER')] : []), atom(fields[leaf.field]), toText(leaf.value)];
    case 'is':
      return [atom(states[leaf.state])];
    case 'label': {
      // As it is called here, and as a keyword that another program set.
      if (hasGmailLabels(client)) return gmailLabelKeys(client, leaf.label);
      const names = new Set([toLabelKeyword(tidyLabelName(leaf.label)), leaf.label.trim().replace(/\s+/g, '_')]);
      const keys = [...names].flatMap((name) => {
        const keyword = keywordSchema.safeParse(name);
        return keyword.success && !toFlag(keyword.data).startsWith('\\') ? [atom('KEYWORD'), atom(keyword.data)] : [];
      });
      if (keys.length === 0) return nothing;
      return keys.length > 2 ? [atom('OR'), ...keys] : keys;
    }
    case 'before':
      return [atom('BEFORE'), toSearchDate(new Date(leaf.date))];
    case 'after':
      return [atom('SINCE'), toSearchDate(new Date(leaf.date))];
    case 'older-than':
    case 'newer-than':
      return ageKeys(client, leaf, now);
    case 'larger':
      return [atom('LARGER'), atom(`${leaf.octets}`)];
    case 'smaller':
      return [atom('SMALLER'), atom(`${leaf.octets}`)];
    case 'has-attachment':
      return hasGmailLabels(client) ? [atom('X-GM-RAW'), toText('has:attachment')] : nothing;
    case 'filename':
      return hasGmailLabels(client) ? askGmail('filename', leaf.value) : nothing;
    case 'in':
      return hasGmailLabels(client) ? gmailMailboxKeys(client, leaf.mailbox) : nothing;
  }
}

/** In the words of Gmail's own search (X-GM-RAW), which has no way to write a quote in a quoted value. */
function askGmail(operator: string, value: string): Token[] {
  return [atom('X-GM-RAW'), toText(`${operator}:"${value.replace(/["\\]/g, ' ')}"`)];
}

const gmailMailboxes: Readonly<Record<string, string>> = { inbox: '\\Inbox', sent: '\\Sent', drafts: '\\Draft' };

/** Of all mail, what a mailbox has: it is a label. */
function gmailMailboxKeys(client: ImapFlow, mailbox: string): Token[] {
  const own = gmailMailboxes[mailbox.trim().toLowerCase()];
  return own ? [atom('X-GM-LABELS'), atom(own)] : gmailLabelKeys(client, mailbox);
}

/** By its name, or by the keyword that stands for it here. */
function gmailLabelKeys(client: ImapFlow, label: string): Token[] {
  const keywords = [toLabelKeyword(tidyLabelName(label), 255), keywordSchema.safeParse(label.trim()).data ?? null];
  const names = new Set(keywords.flatMap((keyword) => (keyword === null ? [] : labelNameOf(keyword))));
  const keys = [...names].flatMap((name) => [atom('X-GM-LABELS'), mailboxName(client, name)]);
  if (keys.length === 0) return nothing;
  return names.size > 1 ? [atom('OR'), ...keys] : keys;
}

/** To the second where the server can (WITHIN, RFC 5032), else to the day. */
function ageKeys(client: ImapFlow, leaf: SearchLeaf & { type: 'older-than' | 'newer-than' }, now: Date): Token[] {
  const then = before(now, leaf.amount, leaf.unit);
  const isOlder = leaf.type === 'older-than';
  if (client.capabilities.has('WITHIN')) {
    const seconds = Math.max(1, Math.round((now.getTime() - then.getTime()) / 1000));
    return [atom(isOlder ? 'OLDER' : 'YOUNGER'), atom(`${seconds}`)];
  }
  return [atom(isOlder ? 'BEFORE' : 'SINCE'), toSearchDate(then)];
}

function before(now: Date, amount: number, unit: 'h' | 'd' | 'w' | 'm' | 'y'): Date {
  const then = new Date(now);
  if (unit === 'h') then.setUTCHours(then.getUTCHours() - amount);
  if (unit === 'd') then.setUTCDate(then.getUTCDate() - amount);
  if (unit === 'w') then.setUTCDate(then.getUTCDate() - amount * 7);
  if (unit === 'm') then.setUTCMonth(then.getUTCMonth() - amount);
  if (unit === 'y') then.setUTCFullYear(then.getUTCFullYear() - amount);
  const earliest = new Date(0);
  return then > earliest ? then : earliest;
}

/** A quoted string holds 7-bit text only (RFC 9051 section 4.3). */
function toText(value: string): Token {
  return /^[\x20-\x7e]*$/.test(value) ? quoted(value) : literal(value);
}

function isLiteral(token: Token): boolean {
  return Array.isArray(token) ? token.some(isLiteral) : token.type === 'LITERAL';
}
