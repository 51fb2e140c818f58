import { expect } from 'vitest';
import type { MessageRef, MessageWindow } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { closeImapSession, countImapConnections, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { startFaultProxy } from '#tests/support/mail-server/fault-proxy.ts';
import type { FaultProxy } from '#tests/support/mail-server/fault-proxy.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';
import { startImapFixture } from './imap-fixture.ts';
import { listenToFeed } from './listen-to-feed.ts';
import type { HeardFeed } from './listen-to-feed.ts';

export const password = 'kingfisher';

/** Somebody whose Pipit reaches the server through a proxy of their own, while their other device reaches it directly. */
export interface FaultyPerson {
  user: string;
  session: ImapSession;
  proxy: FaultProxy;
  /** What their requests carry; with another password it is what they carry after signing in again in place. */
  auth: AuthSession;
  /** A new line of the other device, for after a fault that took the one before. */
  connectDevice(withPassword?: string): Promise<RawImap>;
  /** Ends the person's feed and session, and expects that no connection of theirs is left, here or at the server. */
  leave(): Promise<void>;
}

export interface FaultFixture {
  server: MailServer;
  newPerson(): Promise<FaultyPerson & { device: RawImap }>;
  end(): Promise<void>;
}

/** A real Dovecot and for each person a proxy that breaks as networks do. */
export async function startFaultFixture(extraConfig = ''): Promise<FaultFixture> {
  const fixture = await startImapFixture(extraConfig);
  const { server } = fixture;
  const leaving: (() => Promise<void>)[] = [];
  return {
    server,
    async newPerson() {
      const { session: direct, device, user } = await fixture.newPerson();
      const proxy = await startFaultProxy(server.imapPort);
      const account = { ...direct.account, port: proxy.port };
      const auth: AuthSession = { id: `faulty-${direct.id}`, account, password, publicComputer: false, storageKey: Buffer.alloc(32) };
      const session = imapSession(auth);
      const devices = [device];
      const heldBefore = countImapConnections().connections;
      let hasLeft = false;
      async function end(): Promise<void> {
        hasLeft = true;
        endSessionFeed(session.id);
        await closeImapSession(session.id);
        for (const one of devices) one.close();
      }
      leaving.push(async () => {
        if (!hasLeft) await end();
        await proxy.close();
      });
      return {
        user,
        device,
        session,
        proxy,
        auth,
        async connectDevice(withPassword = password) {
          const made = await connectRawImap(server.imapPort, user, withPassword);
          devices.push(made);
          return made;
        },
        async leave() {
          await end();
          await expect.poll(() => countImapConnections().connections).toBeLessThanOrEqual(heldBefore);
          await expect.poll(() => proxy.connections()).toBe(0);
          await expect.poll(() => connectionsAtServer(server, user), { timeout: 5_000 }).toBe(0);
        },
      };
    },
    async end() {
      await Promise.all(leaving.map((leave) => leave()));
      await fixture.end();
    },
  };
}

/** Connections of somebody that the server counts (`doveadm who`). */
export async function connectionsAtServer(server: MailServer, user: string): Promise<number> {
  const who = await server.doveadm('-f', 'tab', 'who', '-1', user);
  return who.split('\n').filter((line) => line.startsWith(`${user}\t`)).length;
}

/** Three more messages in INBOX, looked at, with a feed that is live: the state before a fault. */
export async function lookAtInbox(
  person: FaultyPerson & { device: RawImap },
): Promise<MessageWindow & { feed: HeardFeed; ref: (uid: number) => MessageRef }> {
  await person.device.append('INBOX', ['One', 'Two', 'Three'].map((subject) => ({ raw: aMessage({ subject }) })));
  const feed = listenToFeed(person.session);
  await feed.next('connection', ({ state }) => state === 'live');
  const window = await readWindow(person.session, 'INBOX', { newest: 200 });
  return { ...window, feed, ref: (uid) => ({ mailbox: 'INBOX', uidValidity: window.uidValidity, uid }) };
}

/** What another device does meanwhile: of UIDs 1 to 3 the first goes, the second is starred, and a fourth arrives. */
export async function changeMeanwhile(device: RawImap): Promise<void> {
  await device.command('SELECT INBOX');
  await device.command('UID STORE 2 +FLAGS (\\Flagged)');
  await device.command('UID STORE 1 +FLAGS (\\Deleted)');
  await device.command('EXPUNGE');
  await device.append('INBOX', [{ raw: aMessage({ subject: 'Four' }) }]);
}

/** Expects that the feed tells `changeMeanwhile` exactly: nothing left out, nothing else, no reset. */
export async function expectTheChange(feed: HeardFeed): Promise<void> {
  const events = await feed.until('mailbox-counts', ({ counts }) => counts.uidNext === 5 && counts.messages === 3);
  const ofInbox = events.filter((event) => 'mailbox' in event && event.mailbox === 'INBOX');
  const gone = ofInbox.flatMap((event) => (event.type === 'messages-gone' ? event.uids : []));
  const changed = ofInbox.flatMap((event) => (event.type === 'keywords-changed' ? event.changes : []));
  const arrived = ofInbox.flatMap((event) => (event.type === 'messages-arrived' ? event.messages : []));
  expect(gone).toEqual([[1, 1]]);
  expect(changed.at(-1)).toMatchObject({ uid: 2, keywords: ['$flagged'] });
  expect(changed.every(({ uid }) => uid === 2 || uid === 1)).toBe(true); // The first was marked before it went.
  expect(arrived).toMatchObject([{ uid: 4, subject: 'Four', keywords: [] }]);
  expect(ofInbox.some(({ type }) => type === 'reset')).toBe(false);
}
