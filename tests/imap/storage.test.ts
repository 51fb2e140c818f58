import { randomUUID } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StorageReport } from '#lib/mail/storage.ts';
import { readSizes } from '#server/imap/read-sizes.ts';
import type { MessageSize } from '#server/imap/read-sizes.ts';
import { walkMailbox } from '#server/imap/walk-mailbox.ts';
import { readStorage } from '#server/mail/storage/read-storage.ts';
import { selectMessages } from '#server/mail/storage/select-messages.ts';
import { startTask } from '#server/mail/tasks/tasks.ts';
import { undo, ended, manyInOneFile } from './bulk-fixture.ts';
import { password, startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(manyInOneFile);
});
afterAll(() => fixture.end());

const forever = new AbortController().signal;

interface Letter {
  mailbox: string;
  from: string;
  received: Date;
  text: number;
  file: number;
}

/** Letters of all kinds over three mailboxes and four years. */
function letters(count: number): Letter[] {
  const senders = [
    'Ann Lee <ann@example.test>',
    'Jo Ann <joann@example.test>',
    '"Lee, Björn" <bjorn@nord.test>',
    'ANN@example.test',
  ];
  const mailboxes = ['INBOX', 'Archive', 'Clients & more'];
  return Array.from({ length: count }, (_, index) => ({
    mailbox: mailboxes[index % 3] ?? 'INBOX',
    from: senders[index % 4] ?? '',
    received: new Date(Date.UTC(2023 + (index % 4), index % 12, 1 + (index % 28), 12)),
    text: 50 + (index % 11) * 100,
    file: index % 9 === 0 ? 2_000 + index * 37 : 0,
  }));
}

async function personWith(count: number): Promise<ImapPerson> {
  const person = await fixture.newPerson();
  await person.device.create('Clients & more');
  for (const [mailbox, own] of Map.groupBy(letters(count), (letter) => letter.mailbox)) {
    const messages = own.map(({ from, received, text, file }, index) => ({
      raw: aMessage({
        from,
        subject: `Number ${index}`,
        date: received,
        text: `${'x'.repeat(text)}\n`,
        ...(file
          ? {
              attachments: [
                { name: `Plan ${index}.pdf`, mediaType: 'application/pdf', content: Buffer.alloc(file, 7) },
              ],
            }
          : {}),
      }),
      internalDate: received,
    }));
    await person.device.append(mailbox, messages);
  }
  return person;
}

interface Truth {
  mailbox: string;
  uid: number;
  size: number;
  year: number;
  from: string;
}

/** The same as another program sees it: plain FETCH, message by message. */
async function truthOf(device: RawImap, mailboxes = ['INBOX', 'Archive', 'Clients &- more']): Promise<Truth[]> {
  const all: Truth[] = [];
  for (const mailbox of mailboxes) {
    const selected = await device.command(`SELECT "${mailbox}"`);
    if (/\* 0 EXISTS/.test(selected)) continue;
    const fetched = await device.command('FETCH 1:* (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM)])');
    for (const piece of fetched.split(/^\* \d+ FETCH /m).slice(1)) {
      all.push({
        mailbox: mailbox.replace('&-', '&'),
        uid: Number(/UID (\d+)/.exec(piece)?.[1]),
        size: Number(/RFC822\.SIZE (\d+)/.exec(piece)?.[1]),
        year: Number(/INTERNALDATE "[ \d]+-\w+-(\d+)/.exec(piece)?.[1]),
        from: (/[^\s<]+@[\w.]+/.exec(piece.slice(piece.indexOf('From:')))?.[0] ?? '').toLowerCase(),
      });
    }
  }
  return all;
}

function sumBy<K>(truth: Truth[], key: (one: Truth) => K) {
  return [...Map.groupBy(truth, key)].map(([name, own]) => ({
    name,
    messages: own.length,
    bytes: own.reduce((sum, { size }) => sum + size, 0),
  }));
}

async function read({ session }: ImapPerson): Promise<{ report: StorageReport; told: Partial<StorageReport>[] }> {
  const told: Partial<StorageReport>[] = [];
  await readStorage(session, 'UTC', (report) => void told.push(structuredClone(report)), forever);
  return { report: Object.assign({}, ...told) as StorageReport, told };
}

test('what takes the space is told by mailbox, year and sender, exactly as plain IMAP has it', async () => {
  const person = await personWith(600);
  const truth = await truthOf(person.device);
  const { report, told } = await read(person);
  expect(report.phase).toBe('done');
  expect(told[1]?.mailboxes?.find(({ path }) => path === 'INBOX')?.bytes).toBe(
    sumBy(truth, ({ mailbox }) => mailbox).find(({ name }) => name === 'INBOX')?.bytes,
  );
  for (const { name, messages, bytes } of sumBy(truth, ({ mailbox }) => mailbox))
    expect(report.mailboxes).toContainEqual({ path: name, messages, bytes });
  expect(report.years).toEqual(
    sumBy(truth, ({ year }) => year)
      .map(({ name, ...sum }) => ({ year: name, ...sum }))
      .sort((a, b) => a.year - b.year),
  );
  for (const { name, messages, bytes } of sumBy(truth, ({ from }) => from))
    expect(report.senders).toContainEqual(expect.objectContaining({ address: name, messages, bytes }));
  expect(report.senders.find(({ address }) => address === 'bjorn@nord.test')?.name).toBe('Lee, Björn');
  expect(report.otherSenders).toEqual({ messages: 0, bytes: 0, senders: 0, isRounded: false });
  const largest = truth.toSorted((a, b) => b.size - a.size).slice(0, 20);
  expect(report.messages.map(({ size }) => size)).toEqual(largest.map(({ size }) => size));
  const files = letters(600)
    .map(({ file }) => file)
    .filter(Boolean)
    .sort((a, b) => b - a)
    .slice(0, 20);
  expect(report.attachments).toHaveLength(20);
  for (const [index, { name, size }] of report.attachments.entries()) {
    expect(name).toMatch(/^Plan \d+\.pdf$/);
    expect(Math.abs(size - (files[index] ?? 0))).toBeLessThan(200);
  }
});

test('a selection is counted exactly, finds one address only, and what is done with it is taken back', async () => {
  const person = await personWith(360);
  const truth = await truthOf(person.device);
  const feed = listenToFeed(person.session);
  await feed.next('connection', ({ state }) => state === 'live');
  const ann = await selectMessages(
    person.session,
    { act: 'archive', from: 'Ann@Example.test', before: '2025-01-01', larger: 600 },
    forever,
  );
  const wanted = truth.filter(
    ({ mailbox, from, year, size }) =>
      mailbox !== 'Archive' && from === 'ann@example.test' && year < 2025 && size > 600,
  );
  expect(wanted.length).toBeGreaterThan(10);
  expect(ann).toMatchObject({ messages: wanted.length, bytes: wanted.reduce((sum, { size }) => sum + size, 0) });
  // What arrives between the answer and the act is not in it.
  await person.device.append('INBOX', [
    {
      raw: aMessage({ from: 'ann@example.test', text: 'x'.repeat(900) }),
      internalDate: new Date(Date.UTC(2023, 1, 1)),
    },
  ]);
  const task = startTask(person.session, {
    id: randomUUID(),
    acts: [{ type: 'move', to: 'Archive' }],
    messages: ann.ranges,
    count: ann.messages,
  });
  expect(await ended(feed, task)).toMatchObject({ state: 'done', done: wanted.length, missing: 0 });
  expect(await truthOf(person.device, ['Archive'])).toHaveLength(
    truth.filter(({ mailbox }) => mailbox === 'Archive').length + wanted.length,
  );
  expect(await ended(feed, undo(person.session, task))).toMatchObject({ state: 'done', done: wanted.length });
  const one = await selectMessages(
    person.session,
    { act: 'delete', mailbox: 'Clients & more', since: '2024-01-01', before: '2025-01-01' },
    forever,
  );
  expect(one.messages).toBe(truth.filter(({ mailbox, year }) => mailbox === 'Clients & more' && year === 2024).length);
  expect(one.ranges.map(({ mailbox }) => mailbox)).toEqual(['Clients & more']);
});

test('stopping ends the connection it read by at once, and no other', async () => {
  const person = await personWith(300);
  const stop = new AbortController();
  const reading = readStorage(person.session, 'UTC', () => setImmediate(() => stop.abort()), stop.signal);
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  expect(person.session.storage.isOpen()).toBe(false);
});

test('years are those of the place where the person is, and a clean-up of one concerns exactly what its column shows', async () => {
  const person = await fixture.newPerson();
  const received = ['2024-12-31T22:30:00Z', '2024-12-31T23:30:00Z', '2025-01-01T00:30:00Z', '2025-06-01T12:00:00Z', '2025-12-31T23:30:00Z', '2026-01-01T11:00:00Z'];
  await person.device.append('INBOX', received.map((date) => ({ raw: aMessage({ text: 'x' }), internalDate: new Date(date) })));
  for (const [zone, wanted] of [['UTC', { 2024: 2, 2025: 3, 2026: 1 }], ['Europe/Berlin', { 2024: 1, 2025: 3, 2026: 2 }], ['America/New_York', { 2024: 3, 2025: 2, 2026: 1 }], ['Pacific/Pago_Pago', { 2024: 3, 2025: 2, 2026: 1 }]] as const) {
    let years: StorageReport['years'] = [];
    await readStorage(person.session, zone, (report) => (years = report.years ?? years), forever);
    expect(Object.fromEntries(years.map(({ year, messages }) => [year, messages]))).toEqual(wanted);
    for (const { year, messages, bytes } of years) {
      const selected = await selectMessages(person.session, { act: 'archive', since: `${year}-01-01`, before: `${year + 1}-01-01`, timeZone: zone }, forever);
      expect(selected).toMatchObject({ messages, bytes });
    }
  }
});

test('what arrives and what goes while it is read is counted once or not at all, wherever the windows are', async () => {
  const person = await fixture.newPerson();
  const letter = (index: number) => ({ raw: Buffer.from(`Subject: ${'x'.repeat(index % 90)}\r\n\r\nText\r\n`) });
  await person.device.append('INBOX', Array.from({ length: 3_000 }, (_, index) => letter(index)));
  const before = new Map((await truthOf(person.device, ['INBOX'])).map(({ uid, size }) => [uid, size]));
  const other = await connectRawImap(fixture.server.imapPort, person.user, password);
  await other.command('SELECT INBOX');
  let left = [...before.keys()];
  let windows = 0;
  let disturbed = 0;
  const told: { uid: number; size: number }[] = [];
  const walk = {
    window: { first: 170, most: 700 },
    async read(client: ImapFlow, range: string, take: (message: MessageSize) => void) {
      // Another device removes old, new and middle ones while this window is about to be read, and new ones come.
      const bottom = Number(range.split(':')[0]);
      if (bottom === disturbed) return readSizes(client, range, 'seq', take);
      disturbed = bottom;
      const gone = left.filter((_, index) => (index * 7_919 + windows * 104_729) % 83 === 0);
      left = left.filter((uid) => !gone.includes(uid));
      windows += 1;
      await other.command(`UID STORE ${gone.join(',')} +FLAGS.SILENT (\\Deleted)`);
      await other.command('EXPUNGE');
      await person.device.append('INBOX', [letter(windows)]);
      await client.noop();
      await readSizes(client, range, 'seq', take);
    },
    opened() {},
    told: (messages: { uid: number; size: number }[]) => void told.push(...messages),
  };
  await walkMailbox<MessageSize>(person.session.storage, 'INBOX', walk, forever);
  other.close();
  expect(windows).toBeGreaterThan(5);
  const uids = told.map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  for (const { uid, size } of told) expect(before.get(uid)).toBe(size); // None of those that came meanwhile.
  const read = new Set(uids);
  expect(left.filter((uid) => !read.has(uid))).toEqual([]); // All that were there all the time.
});

test('the largest attachments say among how many messages they were sought, where smaller ones might hold larger', async () => {
  const person = await fixture.newPerson();
  const file = (name: string, size: number) => ({ name, mediaType: 'application/pdf', content: Buffer.alloc(size, 7) });
  // Five hundred and ten messages that are large by their text, and one small message whose attachment is the only one.
  await person.device.append('INBOX', Array.from({ length: 510 }, () => ({ raw: aMessage({ text: `${'word '.repeat(800)}\n` }) })));
  await person.device.append('INBOX', [{ raw: aMessage({ text: 'Here.\n', attachments: [file('Small.pdf', 900)] }) }]);
  expect((await read(person)).report).toMatchObject({ attachments: [], attachmentsAmong: 500 });
  await person.device.append('Archive', Array.from({ length: 25 }, (_, index) => ({ raw: aMessage({ text: 'Here.\n', attachments: [file(`Large ${index}.pdf`, 9_000)] }) })));
  const { report } = await read(person);
  expect(report.attachments).toHaveLength(20);
  expect(report.attachmentsAmong).toBeNull();
});

test('an empty account is read to its end', async () => {
  const person = await fixture.newPerson();
  const { report } = await read(person);
  expect(report).toMatchObject({ phase: 'done', looked: 0, of: 0, years: [], messages: [], attachments: [], attachmentsAmong: null, senders: [] });
  expect(report.mailboxes.every(({ messages, bytes }) => messages === 0 && bytes === 0)).toBe(true);
});
