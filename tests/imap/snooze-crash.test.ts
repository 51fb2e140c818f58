import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snoozeKeywords } from '#lib/mail/snooze.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { planWakesOf } from '#server/mail/snooze/plan-wakes-of.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { findSnoozeRow } from '#server/store/snooze-rows.ts';
import { makeRandom } from '#tests/demo/mailbox/random.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { password, startImapFixture } from './imap-fixture.ts';
import type { ImapFixture, ImapPerson } from './imap-fixture.ts';
import { subjectsIn } from './subjects-in.ts';

const everything =
  'IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH LIST-STATUS MOVE NOTIFY SPECIAL-USE';

const alive = new Set<ChildProcess>();
afterAll(() => alive.forEach((child) => child.kill('SIGKILL')));

/** A server process that only wakes; resolves when it runs. */
async function startProcess() {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--conditions=react-server', 'tests/imap/wake-process.ts'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  alive.add(child);
  const exit = once(child, 'exit').then(() => alive.delete(child));
  await Promise.race([once(child.stdout, 'data'), exit]);
  return async () => {
    child.kill('SIGKILL');
    await exit;
  };
}

const subjects = Array.from({ length: 12 }, (_, index) => `Number ${index}`);
const kills = 24;

for (const [name, lacking] of [
  ['with MOVE', []],
  ['without MOVE', ['MOVE']],
] as const) {
  let fixture: ImapFixture;
  beforeAll(async () => {
    const offered = everything.split(' ').filter((capability) => !(lacking as readonly string[]).includes(capability));
    fixture = await startImapFixture(`protocol imap {\n imap_capability = ${offered.join(' ')}\n}`);
  });
  afterAll(() => fixture.end());

  test(`${name}: two server processes killed ${kills} times while they wake: each message comes back, and once`, { timeout: 180_000 }, async () => {
    const random = makeRandom(20261125);
    const people: ImapPerson[] = [];
    for (let n = 0; n < 6; n += 1) people.push(await snoozer(fixture));
    let killed = 0;
    const loop = async () => {
      while (killed < kills) {
        const kill = await startProcess();
        await delay(random.between(0, 250));
        killed += 1;
        await kill();
      }
    };
    await Promise.all([loop(), loop()]);
    const kill = await startProcess();
    await expect.poll(() => people.filter(({ session }) => findSnoozeRow(session.accountKey) !== null).length, { timeout: 60_000 }).toBe(0);
    await kill();
    for (const { device } of people) {
      expect(await subjectsIn(device, 'Snoozed')).toEqual([]);
      expect((await subjectsIn(device, 'INBOX', 'UNSEEN KEYWORD $new')).toSorted()).toEqual(subjects.toSorted());
      expect(await subjectsIn(device, 'INBOX', 'KEYWORD $SnoozedUntil-Y2020')).toEqual([]);
      expect(await subjectsIn(device, 'INBOX')).toHaveLength(subjects.length);
    }
  });
}

/** Has twelve messages snoozed, all of them due. */
async function snoozer(fixture: ImapFixture): Promise<ImapPerson> {
  const person = await fixture.newPerson();
  const { session, device } = person;
  await device.append('INBOX', subjects.map((subject) => ({ raw: aMessage({ subject }), flags: ['\\Seen'] })));
  const { uidValidity, rows } = await readWindow(session, 'INBOX', { newest: 50 });
  const keywords = snoozeKeywords('2020-01-01T08:00:00Z', 'INBOX').map((keyword) => ({ keyword, value: true }));
  const messages = rows.map(({ uid }) => ({ mailbox: 'INBOX', uidValidity, uid }));
  const change = { type: 'move' as const, messages, to: 'Snoozed', as: 'snoozed' as const, keywords };
  await executeChange(session, change);
  planWakesOf({ account: session.account, password, publicComputer: false }, [change]);
  return person;
}
