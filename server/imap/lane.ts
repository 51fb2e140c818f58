import 'server-only';
import type { ImapFlow } from 'imapflow';
import { isMailError, MailError } from '#lib/errors.ts';
import { accountKey } from '#server/auth/account.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { Account } from '#server/auth/account.ts';
import { closeConnection, openConnection } from './connection.ts';
import { acquireConnection, awaitedBy, connectionOpened, connectionRefused, isAccountConnected } from './governor.ts';
import type { Claim } from './governor.ts';
import { isClosedUnheard } from './to-mail-error.ts';
import { takeParkedConnection } from './parked-connections.ts';

/**
 * One connection's place in a session: opened on first need as the governor lets it, shared by everyone who borrows it,
 * closed after a while without use, and opened anew when it was lost. Invariants: at most one connection lives here and at
 * most one is being opened; a connection is never closed for idleness while someone borrows it.
 */
export interface Lane {
  /** Nobody waits for the answer any longer: the server is to stop working for it, and only closing tells it to. */
  readonly dropsWhenStopped: boolean;
  /** Runs with the open connection. It must not be kept beyond the call. */
  borrow<T>(run: (client: ImapFlow) => Promise<T>): Promise<T>;
  /** Drops the connection at once; commands under way reject. The next borrow opens another. */
  drop(): void;
  /**
   * These mailboxes were made, renamed or deleted; null: any may have been. If one of them is selected, it is a ghost that
   * the server may tell of for ever, also after another SELECT (seen on Dovecot 2.3): the next use opens a new connection.
   */
  suspect(paths: readonly MailboxPath[] | null): void;
  /** What the connection says is old: the next use opens a new one, as soon as nobody has this one. Resolves then. */
  replace(): Promise<void>;
  /** Ends the lane for good: waits for a goodbye, then nothing can be borrowed. */
  close(): Promise<void>;
  isOpen(): boolean;
}

/** A password that may be renewed while its session lives. */
export interface Credentials {
  password: string;
  /** Unix milliseconds at which the server refused it, null while it holds. */
  refusedAt: number | null;
}

/** Waiting for a free place, in milliseconds. */
const waitMs = 15_000;
/** The same as idleMs while a listener waits for the place. */
const watchedMs = 3_000;
/** A refused password is not shown to the server again within this: it would count as guessing. Milliseconds. */
const refusedFor = 60_000;

export function makeLane(
  account: Account,
  credentials: Credentials,
  { kind, idleMs }: { kind: Claim['kind']; idleMs: number | null },
): Lane {
  const key = accountKey(account);
  let client: ImapFlow | null = null;
  let opening: Promise<ImapFlow> | null = null;
  let borrowers = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  let closed = false;
  let isSuspect = false;
  let onReplaced: (() => void)[] = [];

  function closeIdle(): boolean {
    const idle = client;
    if (!idle) return false;
    clearTimeout(idleTimer);
    client = null;
    void closeConnection(idle);
    return true;
  }

  const claim: Claim = {
    kind,
    isOpen: () => client !== null,
    yieldIfIdle() {
      if (kind !== 'watch') return borrowers === 0 && closeIdle();
      // Listening is a use without end; who listens comes back by itself.
      const listening = client;
      listening?.close();
      return listening !== null;
    },
    yieldNow() {
      const busy = client;
      busy?.close();
      return busy !== null;
    },
  };

  /** Opens one connection in a place of the governor's; a server that has too many is asked again until `deadline`. */
  async function connect(deadline: number): Promise<{ opened: ImapFlow; release: () => void }> {
    const release = await acquireConnection(key, claim, deadline);
    try {
      const { password } = credentials;
      const opened = takeParkedConnection(account, password) ?? (await openConnection(account, password));
      return { opened, release };
    } catch (error) {
      release();
      if (isMailError(error) && error.code === 'wrong-credentials') credentials.refusedAt = Date.now();
      if (!isMailError(error) || !isRefusal(error)) throw error;
      connectionRefused(key);
      return connect(deadline);
    }
  }

  /** Where others of the person stand, being closed without a word means that there is no room for more. */
  const isRefusal = (error: MailError) =>
    error.code === 'too-many-connections' || (isClosedUnheard(error.cause) && isAccountConnected(key));

  async function open(): Promise<ImapFlow> {
    const { refusedAt } = credentials;
    if (refusedAt !== null && Date.now() < refusedAt + refusedFor) throw new MailError('wrong-credentials');
    const { opened, release } = await connect(Date.now() + waitMs);
    if (closed || !opened.usable) {
      await closeConnection(opened);
      release();
      throw new MailError(closed ? 'not-signed-in' : 'server-unreachable');
    }
    opened.once('close', () => {
      if (client === opened) client = null;
      release();
    });
    client = opened;
    connectionOpened(key);
    return opened;
  }

  function current(): Promise<ImapFlow> {
    if (closed) return Promise.reject(new MailError('not-signed-in'));
    if (client?.usable) return Promise.resolve(client);
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  }

  function settle(): void {
    borrowers -= 1;
    if (isSuspect && borrowers === 0) {
      isSuspect = false;
      closeIdle();
      for (const told of onReplaced) told();
      onReplaced = [];
    }
    if (borrowers > 0 || idleMs === null || closed) return;
    const awaited = awaitedBy(key);
    if (awaited === 'person' && closeIdle()) return;
    idleTimer = setTimeout(closeIdle, awaited === 'watch' ? watchedMs : idleMs);
    idleTimer.unref();
  }

  return {
    dropsWhenStopped: kind === 'search',
    async borrow(run) {
      clearTimeout(idleTimer);
      borrowers += 1;
      try {
        return await run(await current());
      } finally {
        settle();
      }
    },
    drop() {
      client?.close();
      client = null;
    },
    suspect(paths) {
      const selected = client?.mailbox ? client.mailbox.path : null;
      const isTouched = (path: MailboxPath) => selected === path || selected?.startsWith(path) === true;
      if (selected === null || (paths && !paths.some(isTouched))) return;
      if (borrowers === 0) closeIdle();
      else isSuspect = true;
    },
    replace() {
      isSuspect = borrowers > 0;
      if (isSuspect) return new Promise((resolve) => onReplaced.push(resolve));
      closeIdle();
      return Promise.resolve();
    },
    async close() {
      closed = true;
      clearTimeout(idleTimer);
      const last = client;
      client = null;
      if (last) await closeConnection(last);
    },
    isOpen: () => client !== null,
  };
}
