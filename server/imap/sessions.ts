import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { singleton } from '#server/singleton.ts';
import { governorCounters, placesLeft } from './governor.ts';
import { createHash } from 'node:crypto';
import { makeLane } from './lane.ts';
import { forgetOwnChanges } from './own-changes.ts';
import type { Credentials, Lane } from './lane.ts';

/** Milliseconds without use after which a connection is closed; the watch connection has its own end (shared-watch.ts). */
const idleMs = 60_000;

/** The live connections of one signed-in session. */
export interface ImapSession {
  /** The AuthSession's id: a hash, safe to log. */
  id: string;
  account: Account;
  accountKey: string;
  /** What the person waits for: lists, bodies, changes. */
  commands: Lane;
  /** Long transfers, so that a download never holds up a click. */
  transfers: Lane;
  /** Searches, which may take the server minutes; closed at once when one is stopped by its signal. */
  search: Lane;
  /** Where to search so many mailboxes: side by side where the budget has room for it. The first is `search`. */
  searchLanes(mailboxes: number): Lane[];
  /** What takes the space, which is all mail there is; closed at once when it is stopped by its signal. */
  storage: Lane;
  /** Acts on thousands of messages, batch by batch, so that they never hold up a click. */
  tasks: Lane;
  /** `Lane.suspect` for all of them but the watch. */
  suspect(paths: readonly MailboxPath[] | null): void;
  /** `Lane.drop` for all of them but the watch. */
  drop(): void;
  /** Ends them for good. */
  close(): Promise<void>;
  /** Names the password without telling it: sessions with the same one share a watch. */
  credentialKey(): string;
  /** A place for a connection that listens: IDLE and NOTIFY live there and nothing else. */
  makeWatchLane(): Lane;
}

interface Kept {
  session: ImapSession;
  credentials: Credentials;
}

const sessions = singleton('imap-sessions', () => new Map<string, Kept>());
const ended = singleton('imap-sessions-ended', () => new Set<string>());

/** The session's connections, the same for every request and every tab. Nothing is opened by asking for it. */
export function imapSession(auth: Omit<AuthSession, 'storageKey'>): ImapSession {
  if (ended.has(auth.id)) throw new MailError('not-signed-in');
  const existing = sessions.get(auth.id);
  if (existing) {
    // The person proved a new password, here or in another process.
    if (existing.credentials.password !== auth.password) renew(existing, auth.password);
    return existing.session;
  }
  const { account } = auth;
  const credentials: Credentials = { password: auth.password, refusedAt: null };
  const commands = makeLane(account, credentials, { kind: 'commands', idleMs });
  const transfers = makeLane(account, credentials, { kind: 'transfers', idleMs: 15_000 });
  const search = makeLane(account, credentials, { kind: 'search', idleMs: 5_000 });
  const alsoSearch = makeLane(account, credentials, { kind: 'search', idleMs: 5_000 });
  const storage = makeLane(account, credentials, { kind: 'search', idleMs: 5_000 });
  const tasks = makeLane(account, credentials, { kind: 'transfers', idleMs: 15_000 });
  const lanes = [commands, transfers, search, alsoSearch, storage, tasks];
  const session: ImapSession = {
    id: auth.id,
    account,
    accountKey: accountKey(account),
    commands,
    transfers,
    search,
    searchLanes(mailboxes) {
      const taken = search.isOpen() ? 0 : 1;
      const hasRoom = alsoSearch.isOpen() || placesLeft(accountKey(account)) > taken;
      return mailboxes > 1 && hasRoom ? [search, alsoSearch] : [search];
    },
    storage,
    tasks,
    suspect: (paths) => lanes.forEach((lane) => lane.suspect(paths)),
    drop: () => lanes.forEach((lane) => lane.drop()),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
    credentialKey: () =>
      createHash('sha256')
        .update(`${accountKey(account)}\0${credentials.password}`)
        .digest('base64url'),
    // Its own copy: the watch outlives the session that began it while others of the same password listen.
    makeWatchLane: () => makeLane(account, { ...credentials }, { kind: 'watch', idleMs: null }),
  };
  sessions.set(auth.id, { session, credentials });
  return session;
}

function renew({ session, credentials }: Kept, password: string): void {
  credentials.password = password;
  credentials.refusedAt = null;
  session.drop();
}

/** Ends all connections of a session; what it still has under way is rejected. */
export async function closeImapSession(id: string): Promise<void> {
  ended.add(id);
  setTimeout(() => ended.delete(id), 60_000).unref();
  const kept = sessions.get(id);
  sessions.delete(id);
  forgetOwnChanges(id);
  await kept?.session.close();
}

export async function closeAllImapSessions(): Promise<void> {
  await Promise.all([...sessions.keys()].map((id) => closeImapSession(id)));
}

/** How the ids of sessions begin that nobody signed in to: a job of the outbox ends its own. */
export const jobSessionPrefix = 'outbox-';

/** The signed-in sessions of this process that hold connections or may open some. */
export function imapSessionIds(): string[] {
  return [...sessions.keys()].filter((id) => !id.startsWith(jobSessionPrefix));
}

/** Open connections and sessions of this process, for the log and tests. */
export function countImapConnections(): { sessions: number; connections: number } {
  return { sessions: sessions.size, connections: governorCounters().held };
}
