import { randomUUID } from 'node:crypto';
import type { Task } from '#lib/mail/task.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import { startTask, undoTask } from '#server/mail/tasks/tasks.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { readUids } from '#server/imap/read-uids.ts';
import { countUids, formatUidSet } from '#lib/mail/uid-set.ts';
import type { MailAct } from '#lib/mail/task.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { quoteName } from '#tests/support/mail-server/raw-imap.ts';
import { listenToFeed } from './listen-to-feed.ts';
import type { HeardFeed } from './listen-to-feed.ts';

/** One file for many messages: thousands are there in a moment. */
export const manyInOneFile = 'mail_location = mdbox:~/mdbox';

/** Fills a mailbox with so many small messages. */
export async function fill(device: RawImap, mailbox: string, count: number, flags: string[] = []): Promise<void> {
  const raw = (index: number) => Buffer.from(`From: ann@example.test\r\nSubject: Number ${index + 1}\r\nMessage-ID: <${index + 1}@${mailbox}>\r\n\r\nText\r\n`);
  await device.append(mailbox, Array.from({ length: count }, (_, index) => ({ raw: raw(index), flags })));
}

/** Somebody with so many messages in a mailbox, an empty one named Attic, and the feed open. */
export async function newPersonWith<P extends { session: ImapSession; device: RawImap }>(fixture: { newPerson(): Promise<P> }, count: number, mailbox = 'INBOX', flags: string[] = []): Promise<P & { feed: HeardFeed }> {
  const person = await fixture.newPerson();
  if (mailbox !== 'INBOX') await person.device.create(mailbox);
  await fill(person.device, mailbox, count, flags);
  await person.device.create('Attic');
  const feed = listenToFeed(person.session);
  await feed.next('connection', ({ state }) => state === 'live');
  return { ...person, feed };
}

/** Begins an act on all messages of a mailbox. */
export async function startOnAll(session: ImapSession, mailbox: string, ...acts: MailAct[]): Promise<Task> {
  const { counts, uids } = await readUids(session, mailbox);
  const messages = [{ mailbox, uidValidity: counts.uidValidity, uids: formatUidSet(uids) }];
  return startTask(session, { id: randomUUID(), acts, messages, count: countUids(uids) });
}

export function undo(session: ImapSession, { id }: Pick<Task, 'id'>): Promise<Task> {
  return undoTask(session, { id: randomUUID(), task: id });
}

/** The task as it ended. */
export async function ended(feed: HeardFeed, of: Task | Promise<Task>): Promise<Task> {
  const { id } = await of;
  const { task } = await feed.next('task-progress', ({ task: told }) => told.id === id && isEnded(told));
  return task;
}

/** Messages that a mailbox has, by their subjects' numbers, as the other device sees them. */
export async function numbersIn(device: RawImap, mailbox: string): Promise<number[]> {
  const selected = await device.command(`SELECT ${quoteName(mailbox)}`);
  if (/\* 0 EXISTS/.test(selected)) return [];
  const fetched = await device.command('FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])');
  return [...fetched.matchAll(/Subject: Number (\d+)/g)].map(([, number]) => Number(number)).sort((a, b) => a - b);
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** How many messages match search keys in the mailbox selected. */
export async function countMatching(device: RawImap, keys: string): Promise<number> {
  return Number(/COUNT (\d+)/.exec(await device.command(`SEARCH RETURN (COUNT) ${keys}`))?.[1] ?? 0);
}
