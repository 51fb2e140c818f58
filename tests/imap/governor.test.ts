import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageWindow } from '#lib/mail/message.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { governorCounters } from '#server/imap/governor.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { endSessionFeed, sessionFeed } from '#server/mail/feed/session-feed.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

/** More sessions of a person, as other browsers of theirs would be. */
function otherSessions(session: ImapSession, count: number, password = 'kingfisher'): ImapSession[] {
  return Array.from({ length: count }, (_, index) =>
    imapSession({ id: `${session.id}-other-${index}`, account: session.account, password, publicComputer: false }),
  );
}

async function connectionsOf(user: string): Promise<number> {
  const who = await fixture.server.doveadm('-f', 'tab', 'who', '-1', user);
  return who.split('\n').filter((line) => line.startsWith(`${user}\t`)).length;
}

test('sessions of a person share the budget: all are served, never more than four connections', async () => {
  const { session, device, user } = await fixture.newPerson();
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Shared' }) }]);
  const sessions = [session, ...otherSessions(session, 9)];
  let most = 0;
  const windows = await Promise.all(
    sessions.map(async (one) => {
      const window = await readWindow(one, 'INBOX', { newest: 50 });
      most = Math.max(most, governorCounters().held);
      return window;
    }),
  );
  expect(windows.map(({ rows }) => rows[0]?.subject)).toEqual(sessions.map(() => 'Shared'));
  expect(most).toBeLessThanOrEqual(4);
  // The device is one more.
  expect(await connectionsOf(user)).toBeLessThanOrEqual(5);
  await Promise.all(sessions.slice(1).map(({ id }) => closeImapSession(id)));
});

test('ten listening sessions of a person are one watch connection, and each hears', async () => {
  const { session, device, user } = await fixture.newPerson();
  const sessions = [session, ...otherSessions(session, 9)];
  await Promise.all(sessions.map((one) => readWindow(one, 'INBOX', { newest: 50 })));
  const heard = sessions.map(
    (one) =>
      new Promise<void>((resolve) => {
        sessionFeed(one).subscribe({
          onFrame: ({ events }) => events.some(({ type }) => type === 'messages-arrived') && resolve(),
          onEnd() {},
        });
      }),
  );
  await live(session);
  for (const one of sessions) await readWindow(one, 'INBOX', { newest: 50 });
  await device.append('INBOX', [{ raw: aMessage() }]);
  await Promise.all(heard);
  expect(await connectionsOf(user)).toBeLessThanOrEqual(5);
  for (const { id } of sessions.slice(1)) {
    endSessionFeed(id);
    await closeImapSession(id);
  }
  // The first still listens, though the one that began the watch could have been any.
  expect(sessionFeed(session).connection().state).toBe('live');
});

test('a server that allows fewer connections is asked for fewer: the person waits and is served', async () => {
  const tight = await startImapFixture('protocol imap {\n mail_max_userip_connections = 2\n}');
  try {
    const { session, device } = await tight.newPerson(); // The device holds one of the two.
    await device.append('INBOX', [{ raw: aMessage({ subject: 'Still here' }) }]);
    const others = otherSessions(session, 2);
    // One after the other: Dovecot counts only who has signed in already.
    const windows: MessageWindow[] = [];
    for (const one of [session, ...others, session]) windows.push(await readWindow(one, 'INBOX', { newest: 50 }));
    expect(windows.map(({ messages }) => messages)).toEqual([1, 1, 1, 1]);
    expect(governorCounters().refused).toBeGreaterThan(0);
    const { uidValidity = 0, rows = [] } = windows[0] ?? {};
    const message = await readMessage(session, { mailbox: 'INBOX', uidValidity, uid: rows[0]?.uid ?? 0 }, { prefer: 'html', section: null });
    expect(message.subject).toBe('Still here');
    await Promise.all(others.map(({ id }) => closeImapSession(id)));
  } finally {
    await tight.end();
  }
});

test('a refused password is shown to the server once, and a new one is taken over in place', async () => {
  const { session, user } = await fixture.newPerson();
  await readWindow(session, 'INBOX', { newest: 1 });
  await closeImapSession(session.id);
  const [wrong] = otherSessions(session, 1, 'not-the-password');
  if (!wrong) throw new Error('no session');
  const refusals = () => fixture.server.log().match(new RegExp(`auth failed.*user=<${user}>`, 'g'))?.length ?? 0;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await expect(readWindow(wrong, 'INBOX', { newest: 1 })).rejects.toMatchObject({ code: 'wrong-credentials' });
  }
  expect(refusals()).toBeLessThanOrEqual(1);
  const [renewed] = otherSessions(session, 1);
  expect(renewed).toBe(wrong);
  await expect(readWindow(wrong, 'INBOX', { newest: 1 })).resolves.toMatchObject({ messages: 0 });
  await closeImapSession(wrong.id);
});

/** Resolves when the session's feed says "live". */
function live(session: ImapSession): Promise<void> {
  if (sessionFeed(session).connection().state === 'live') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = sessionFeed(session).subscribe({
      onFrame({ events }) {
        if (!events.some((event) => event.type === 'connection' && event.state === 'live')) return;
        stop();
        resolve();
      },
      onEnd() {},
    });
  });
}
