import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';

export const password = 'kingfisher';
// Made before the server starts: Dovecot notices a changed passwd-file only from the next second on.
const users = Array.from({ length: 100 }, (_, index) => ({ user: `person${index + 1}@example.test`, password }));

export interface ImapPerson {
  session: ImapSession;
  /** A second device of theirs. */
  device: RawImap;
  user: string;
  /** Ends the session and the device's line: Dovecot's push is good for a bounded number of connections (fs.inotify.max_user_instances). */
  leave(): Promise<void>;
}

export interface People {
  /** A session of a new, empty user; `port`: where their Pipit connects, if not to the server itself. */
  newPerson(port?: number): Promise<ImapPerson>;
  /** Ends the sessions of all. */
  leave(): Promise<void>;
}

export interface ImapFixture extends People {
  server: MailServer;
  end(): Promise<void>;
}

/** A real Dovecot for a test file; everything it made is gone after `end`. */
export async function startImapFixture(extraConfig = ''): Promise<ImapFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipit-imap-'));
  const server = await startMailServer({ dataDir, users, extraConfig });
  const people = peopleOf(server.imapPort, join(dataDir, 'pipit'));
  return {
    server,
    ...people,
    async end() {
      await people.leave();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** People of the server on this port, whose users are person1@example.test and so on. */
export function peopleOf(serverPort: number, dataDir: string): People {
  process.env.APP_URL = 'http://localhost:3000';
  process.env.APP_SECRET = 'a-secret-for-the-tests-of-the-imap-suite-only';
  process.env.IMAP_HOST = '127.0.0.1';
  process.env.IMAP_PORT = `${serverPort}`;
  process.env.IMAP_SECURITY = 'none';
  process.env.SMTP_SECURITY = 'none';
  process.env.DATA_DIR = dataDir;
  process.env.LOG_LEVEL = 'error';
  const ids: string[] = [];
  const devices: RawImap[] = [];
  return {
    async newPerson(port = serverPort) {
      const user = users[ids.length]?.user;
      if (!user) throw new Error('The fixture has no more people');
      const id = `session-${user}-${serverPort}`;
      ids.push(id);
      const account = { host: '127.0.0.1', port, user };
      const session = imapSession({ id, account, password, publicComputer: false });
      const device = await connectRawImap(serverPort, user, password);
      devices.push(device);
      // Makes the mailboxes everyone has: a server killed while it does leaves locks that others wait for.
      await device.command('LIST "" "*" RETURN (STATUS (MESSAGES))');
      return {
        session,
        device,
        user,
        async leave() {
          endSessionFeed(id);
          await closeImapSession(id);
          device.close();
        },
      };
    },
    async leave() {
      for (const id of ids) endSessionFeed(id);
      await Promise.all(ids.map((id) => closeImapSession(id)));
      for (const device of devices) device.close();
    },
  };
}
