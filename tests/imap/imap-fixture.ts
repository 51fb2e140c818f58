import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { endSessionFeed } from '#server/mail/session-feed.ts';
import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer } from '#tests/support/mail-server/start-mail-server.ts';

const password = 'kingfisher';
// Made before the server starts: Dovecot notices a changed passwd-file only from the next second on.
const users = Array.from({ length: 60 }, (_, index) => ({ user: `person${index + 1}@example.test`, password }));

export interface ImapFixture {
  server: MailServer;
  /** A session of a new, empty user, and a second device of theirs. */
  newPerson(): Promise<{ session: ImapSession; device: RawImap; user: string }>;
  end(): Promise<void>;
}

/** A real Dovecot for a test file; everything it made is gone after `end`. */
export async function startImapFixture(extraConfig = ''): Promise<ImapFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipit-imap-'));
  const server = await startMailServer({ dataDir, users, extraConfig });
  process.env.APP_URL = 'http://localhost:3000';
  process.env.APP_SECRET = 'a-secret-for-the-tests-of-the-imap-suite-only';
  process.env.IMAP_HOST = '127.0.0.1';
  process.env.IMAP_PORT = `${server.imapPort}`;
  process.env.IMAP_SECURITY = 'none';
  process.env.SMTP_SECURITY = 'none';
  process.env.DATA_DIR = join(dataDir, 'pipit');
  process.env.LOG_LEVEL = 'error';
  const ids: string[] = [];
  const devices: RawImap[] = [];
  return {
    server,
    async newPerson() {
      const user = users[ids.length]?.user;
      if (!user) throw new Error('The fixture has no more people');
      const id = `session-${user}-${server.imapPort}`;
      ids.push(id);
      const account = { host: '127.0.0.1', port: server.imapPort, user };
      const session = imapSession({ id, account, password, publicComputer: false });
      const device = await connectRawImap(server.imapPort, user, password);
      devices.push(device);
      // Makes the mailboxes everyone has: a server killed while it does leaves locks that others wait for.
      await device.command('LIST "" "*" RETURN (STATUS (MESSAGES))');
      return { session, device, user };
    },
    async end() {
      for (const id of ids) endSessionFeed(id);
      await Promise.all(ids.map((id) => closeImapSession(id)));
      for (const device of devices) device.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
