import { searchMessages } from '#server/mail/search/search-messages.ts';
import type { SearchRequest } from '#server/mail/search/search-messages.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { parseSearch } from '#lib/mail/parse-search.ts';
import type { SearchLine } from '#lib/mail/search-results.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap, RawMessage } from '#tests/support/mail-server/raw-imap.ts';

/** What a letter is, so that a test can tell by itself which ones a query should find. */
export interface Letter {
  from: string;
  to: string;
  cc: string;
  subject: string;
  text: string;
  received: Date;
  flags: string[];
  files: string[];
  listId: string | null;
  size: number;
}

const people = ['Ann Lee <ann@example.test>', 'Björn Åkesson <bjorn@nord.test>', '田中 花子 <hanako@tokyo.test>', "Quentin O'Hara <quote@example.test>"];
const subjects = ['Budget for the quarter', 'Größe und Maß', '会議の件', 'Re: Budget 50% (final)', 'Plain', 'back\\slash "quoted"'];
const words = ['kingfisher', 'übermorgen', '花火', 'heron plan', 'nothing'];

/** Letters that differ in everything a query may ask; the same each time. */
export function someLetters(count: number): Letter[] {
  return Array.from({ length: count }, (_, index) => {
    const at = <T>(values: readonly T[], step: number): T => values[Math.floor(index / step) % values.length] as T; // Never empty.
    const files = index % 7 === 0 ? [index % 14 === 0 ? `Plan ${index}.pdf` : `Übersicht ${index}.xlsx`] : [];
    return {
      from: at(people, 1),
      to: at(people, 2),
      cc: index % 3 === 0 ? at(people, 3) : '',
      subject: at(subjects, 1),
      text: `Dear reader, ${at(words, 2)} number ${index}.\n${'x'.repeat(index % 5 === 0 ? 3_000 : 10)}\n`,
      received: new Date(Date.UTC(2026, 0, 1 + index * 2, 12)),
      flags: [...(index % 2 ? ['\\Seen'] : []), ...(index % 5 === 0 ? ['\\Flagged'] : []), ...(index % 6 === 0 ? ['\\Answered'] : []), ...(index % 4 === 0 ? ['todo'] : [])],
      files,
      listId: index % 8 === 0 ? 'Birds <birds.lists.example.test>' : null,
      size: 0,
    };
  });
}

/** Puts them into a mailbox, in their order: the first has UID 1. */
export async function appendLetters(device: RawImap, mailbox: string, letters: Letter[]): Promise<void> {
  const messages = letters.map((letter): RawMessage => {
    const raw = aMessage({
      from: letter.from, to: letter.to, cc: letter.cc, subject: letter.subject, text: letter.text, date: letter.received,
      headers: letter.listId ? { 'List-Id': letter.listId } : {},
      attachments: letter.files.map((name) => ({ name, mediaType: 'application/octet-stream', content: Buffer.from('x') })),
    });
    letter.size = raw.length;
    return { raw, flags: letter.flags, internalDate: letter.received };
  });
  await device.append(mailbox, messages);
}

export interface Found {
  /** By mailbox, newest first, as they were told. */
  uids: Map<string, number[]>;
  lines: SearchLine[];
  results: number | null;
}

/** Runs a query to its end. */
export async function runSearch(session: ImapSession, q: string, request: Partial<SearchRequest> = {}, signal = new AbortController().signal): Promise<Found> {
  const parsed = parseSearch(q);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  const lines: SearchLine[] = [];
  const whole = { mailbox: 'INBOX', scope: 'mailbox' as const, sort: null, fromUid: null, ...request, query: parsed.query };
  await searchMessages(session, whole, (line) => void lines.push(line), signal);
  const uids = new Map<string, number[]>();
  for (const line of lines) {
    if (line.type !== 'found') continue;
    const { results } = line;
    const listed = 'listed' in results ? results.listed : results.uids.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step)).reverse();
    uids.set(line.mailbox, [...(uids.get(line.mailbox) ?? []), ...listed]);
  }
  const done = lines.find((line) => line.type === 'done');
  return { uids, lines, results: done?.results ?? null };
}
