import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { governorCounters } from '#server/imap/governor.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withConnection, withMailbox } from '#server/imap/with-mailbox.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { connectionsAtServer } from './fault-fixture.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

/** A command on the search connection that the server would never end by itself: a search of a very large mailbox. */
function searchForEver(session: ImapSession, signal?: AbortSignal): { begun: Promise<void>; ended: Promise<unknown> } {
  const begun = Promise.withResolvers<void>();
  const ended = withMailbox(
    session.search,
    'INBOX',
    async ({ client }) => {
      begun.resolve();
      await client.idle();
      if (!client.usable) throw Object.assign(new Error('lost'), { code: 'NoConnection' }); // As a SEARCH would.
    },
    { signal, timeoutMs: 60_000 },
  );
  return { begun: begun.promise, ended };
}

test('a list is read beside a search that takes long, and a search that is stopped leaves no connection behind', async () => {
  const { session, device, user } = await fixture.newPerson();
  device.close();
  await expect.poll(() => connectionsAtServer(fixture.server, user)).toBe(0);
  const stopping = new AbortController();
  const search = searchForEver(session, stopping.signal);
  const refused = expect(search.ended).rejects.toMatchObject({ code: 'cancelled' });
  await search.begun;
  await readWindow(session, 'INBOX', { newest: 1 });
  expect(await connectionsAtServer(fixture.server, user)).toBe(2);
  stopping.abort();
  await refused;
  expect(session.search.isOpen()).toBe(false);
  await expect.poll(() => connectionsAtServer(fixture.server, user)).toBe(1);
});

test('a search stopped before its connection stands is never sent', async () => {
  const { session } = await fixture.newPerson();
  const stopping = new AbortController();
  const run = vi.fn(() => Promise.resolve());
  const search = withConnection(session.search, run, { signal: stopping.signal });
  stopping.abort();
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => session.search.isOpen()).toBe(true); // It came, and waits for the next one.
  expect(run).not.toHaveBeenCalled();
});

test('where the server allows two connections a search is in the way of neither list nor push, and where it allows one of no list', { timeout: 60_000 }, async () => {
  for (const allowed of [2, 1]) {
    const tight = await startImapFixture(`protocol imap {\n mail_max_userip_connections = ${allowed + 1}\n}`);
    try {
      const { session } = await tight.newPerson(); // The device holds one.
      if (allowed === 2) {
        const feed = listenToFeed(session);
        await feed.next('connection', ({ state }) => state === 'live');
      }
      const search = searchForEver(session);
      search.ended.catch(() => {});
      await search.begun;
      for (let time = 0; time < 2; time += 1) await readWindow(session, 'INBOX', { newest: 1 }); // Within the 15 s that one waits for a place.
      if (allowed < 2) continue;
      await expect.poll(() => session.search.isOpen(), { timeout: 15_000 }).toBe(true);
      await expect.poll(() => sessionFeed(session).connection().state, { timeout: 15_000 }).toBe('live');
    } finally {
      await tight.end();
    }
  }
});

test('a commands connection that nobody uses is closed after a minute, a search connection after seconds', async () => {
  const { session, device, user } = await fixture.newPerson();
  device.close();
  await expect.poll(() => connectionsAtServer(fixture.server, user)).toBe(0);
  const held = governorCounters().held;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await readWindow(session, 'INBOX', { newest: 1 });
    await withConnection(session.search, (client) => client.noop());
    expect(governorCounters().held).toBe(held + 2);
    vi.advanceTimersByTime(5_000);
    expect([session.commands.isOpen(), session.search.isOpen()]).toEqual([true, false]);
    vi.advanceTimersByTime(54_000);
    expect(session.commands.isOpen()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(session.commands.isOpen()).toBe(false);
  } finally {
    vi.useRealTimers();
  }
  await expect.poll(() => connectionsAtServer(fixture.server, user)).toBe(0);
  await expect.poll(() => governorCounters().held).toBe(held);
});
