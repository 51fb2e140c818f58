import 'server-only';
import { MailError } from '#lib/errors.ts';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { singleton } from '#server/singleton.ts';
import { makeLane } from './lane.ts';
import type { Lane } from './lane.ts';

/** Milliseconds without use after which a connection is closed; the watch connection has its own end (watch.ts). */
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
  /** Push: IDLE and NOTIFY live here and nothing else. */
  watch: Lane;
}

const sessions = singleton('imap-sessions', () => new Map<string, ImapSession>());
const ended = singleton('imap-sessions-ended', () => new Set<string>());

/** The session's connections, the same for every request and every tab. Nothing is opened by asking for it. */
export function imapSession(auth: AuthSession): ImapSession {
  if (ended.has(auth.id)) throw new MailError('not-signed-in');
  const existing = sessions.get(auth.id);
  if (existing) return existing;
  const made: ImapSession = {
    id: auth.id,
    account: auth.account,
    accountKey: accountKey(auth.account),
    commands: makeLane(auth.account, auth.password, { idleMs }),
    transfers: makeLane(auth.account, auth.password, { idleMs: 15_000 }),
    watch: makeLane(auth.account, auth.password, { idleMs: null }),
  };
  sessions.set(auth.id, made);
  return made;
}

/** Ends all connections of a session; what it still has under way is rejected. */
export async function closeImapSession(id: string): Promise<void> {
  ended.add(id);
  setTimeout(() => ended.delete(id), 60_000).unref();
  const session = sessions.get(id);
  sessions.delete(id);
  if (session) await Promise.all([session.commands.close(), session.transfers.close(), session.watch.close()]);
}

export async function closeAllImapSessions(): Promise<void> {
  await Promise.all([...sessions.keys()].map((id) => closeImapSession(id)));
}

/** Open connections and sessions of this process, for /readyz and tests. */
export function countImapConnections(): { sessions: number; connections: number } {
  let connections = 0;
  for (const session of sessions.values()) {
    for (const lane of [session.commands, session.transfers, session.watch]) if (lane.isOpen()) connections += 1;
  }
  return { sessions: sessions.size, connections };
}
