import 'server-only';
import { isDeliverable } from '#lib/mail/address.ts';
import type { Address } from '#lib/mail/address.ts';
import type { Person } from '#lib/mail/person.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { readCorrespondents } from '#server/imap/read-correspondents.ts';
import { imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { singleton } from '#server/singleton.ts';
import { readIdentities } from '#server/mail/compose/identities.ts';
import { rankPeople } from './rank-people.ts';
import type { KnownPerson } from './rank-people.ts';
import { roleMailbox } from './role-mailbox.ts';

/** Messages looked at of Sent and of the inbox: one bounded window each. */
const windowSize = 500;
/** Milliseconds after which they are looked at again, and after which what nobody asks for is forgotten. */
const freshFor = 10 * 60_000;
const keptFor = 60 * 60_000;
const maxAccounts = 500;

interface Book {
  people: Promise<KnownPerson[]>;
  readAt: number;
  usedAt: number;
}

/** Only in memory, and of one account each: never stored, and on public computers not even that. */
const books = singleton('people', () => new Map<string, Book>());

/** Machines that nobody answers. */
const automatic = /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|notifications?)\b/i;

/** Whom a person wrote to and heard from, as far as it fits what they type; best first. Nobody on a public computer. */
export async function findPeople(auth: AuthSession, query: string, most: number, now = Date.now()): Promise<Person[]> {
  if (auth.publicComputer) return [];
  const session = imapSession(auth);
  for (const [key, { usedAt }] of books) if (now > usedAt + keptFor) books.delete(key);
  const known = books.get(session.accountKey);
  const own = new Set(readIdentities(auth.account).identities.map(({ address }) => address.toLowerCase()));
  if (known) known.usedAt = now;
  if (!known || now > known.readAt + freshFor) {
    const reading = readBook(session, own);
    // What was known answers while it is read anew.
    const people = known ? reading.catch(() => known.people) : reading;
    books.delete(session.accountKey);
    books.set(session.accountKey, { people, readAt: now, usedAt: now });
    people.catch(() => books.delete(session.accountKey));
    const [oldest] = books.keys();
    if (books.size > maxAccounts && oldest !== undefined) books.delete(oldest);
    if (known) return rankPeople(await known.people, query, most, now);
    return rankPeople(await people, query, most, now);
  }
  return rankPeople(await known.people, query, most, now);
}

async function readBook(session: ImapSession, own: ReadonlySet<string>): Promise<KnownPerson[]> {
  const people = new Map<string, KnownPerson>();
  const note = ({ name, address }: Address, at: string | null, isWritten: boolean) => {
    const key = address.toLowerCase();
    if (own.has(key) || !isDeliverable(address) || (!isWritten && automatic.test(address))) return;
    const person = people.get(key) ?? { name: null, address, written: 0, received: 0, lastAt: 0 };
    if (isWritten) person.written += 1;
    else person.received += 1;
    person.lastAt = Math.max(person.lastAt, at ? Date.parse(at) || 0 : 0);
    // What people call themselves counts before what one wrote.
    if (name && (!person.name || !isWritten)) person.name = name;
    people.set(key, person);
  };
  for (const { to, at } of await readCorrespondents(session, await roleMailbox(session, 'sent'), windowSize)) {
    for (const address of to) note(address, at, true);
  }
  for (const { from, at } of await readCorrespondents(session, 'INBOX', windowSize)) {
    for (const address of from) note(address, at, false);
  }
  return [...people.values()];
}
