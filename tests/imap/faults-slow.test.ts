import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeChange } from '#server/mail/execute-change.ts';
import { openPart } from '#server/mail/message/open-part.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { changeMeanwhile, expectTheChange, lookAtInbox, startFaultFixture } from './fault-fixture.ts';
import type { FaultFixture } from './fault-fixture.ts';

let fixture: FaultFixture;
beforeAll(async () => {
  fixture = await startFaultFixture();
});
afterAll(() => fixture.end());

const slow = { roundTripMs: 200, bitsPerSecond: 1_000_000 };
const fast = { roundTripMs: 0, bitsPerSecond: 0 };
const subjects = Array.from({ length: 50 }, (_, index) => `Number ${index + 1}`);

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  return { value: await work, ms: performance.now() - began };
}

test('over 200 ms and 1 Mbit/s a window and a body arrive whole, after a few round trips', async () => {
  const person = await fixture.newPerson();
  const text = 'A line of a long letter.\n'.repeat(2_000);
  await person.device.append('INBOX', subjects.map((subject) => ({ raw: aMessage({ subject, text }) })));
  person.proxy.slow(slow);
  const first = await timed(readWindow(person.session, 'INBOX', { newest: 50 })); // With signing in.
  expect(first.value.rows.map(({ subject }) => subject)).toEqual(subjects);
  const again = await timed(readWindow(person.session, 'INBOX', { newest: 50 }));
  const ref = { mailbox: 'INBOX', uidValidity: first.value.uidValidity, uid: 50 };
  const message = await timed(readMessage(person.session, ref, { prefer: 'plain', section: null }));
  expect(message.value.body[0]?.content).toBe(text);
  expect(again.value.rows).toEqual(first.value.rows);
  // Round trips of 200 ms and what 50 rows and 50 kB take on such a line, with room for a busy machine.
  expect(first.ms).toBeLessThan(6_000);
  expect(again.ms).toBeLessThan(2_000);
  expect(message.ms).toBeLessThan(2_000);
  person.proxy.slow(fast);
  await person.leave();
});

test('over 200 ms and 1 Mbit/s neither a click nor push waits for a download', { timeout: 60_000 }, async () => {
  const person = await fixture.newPerson();
  const content = Buffer.alloc(900_000, 'Not to be waited for. ');
  const { feed, ref } = await lookAtInbox(person);
  await person.device.append('Archive', [{ raw: aMessage({ attachments: [{ name: 'a.bin', mediaType: 'application/octet-stream', content }] }) }]);
  const archive = await readWindow(person.session, 'Archive', { newest: 1 });
  const part = await openPart(person.session, { mailbox: 'Archive', uidValidity: archive.uidValidity, uid: 1 }, '2');
  const click = async (value: boolean) => {
    const work = executeChange(person.session, { type: 'set-keyword', messages: [ref(3)], keyword: '$seen', value });
    const { ms } = await timed(work);
    await feed.next('keywords-changed', ({ changes }) => changes[0]?.uid === 3 && changes[0].keywords.includes('$seen') === value);
    return ms;
  };
  person.proxy.slow(slow);
  await click(true); // Opens INBOX again.
  const alone = await click(false);

  let received = 0;
  const download = (async () => {
    for await (const piece of part.content()) received += piece.length;
  })();
  await person.proxy.said(/ UID FETCH .*BODY\.PEEK\[2\]/);
  const beside = await click(true);
  const opened = await timed(readMessage(person.session, ref(3), { prefer: 'plain', section: null }));
  expect(opened.value.subject).toBe('Three');
  await changeMeanwhile(person.device);
  const push = await timed(expectTheChange(feed));
  expect(received).toBeLessThan(content.length);
  expect(beside).toBeLessThan(2 * alone + 1_000);
  expect(opened.ms).toBeLessThan(3_000);
  expect(push.ms).toBeLessThan(4_000);
  await download;
  expect(received).toBe(content.length);
  person.proxy.slow(fast);
  await person.leave();
});
