import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { Account } from '#server/auth/account.ts';
import { closeConnection, openConnection } from './connection.ts';
import { takeParkedConnection } from './parked-connections.ts';

/**
 * One connection's place in a session: opened on first need, shared by everyone who borrows it, closed after a while
 * without use, and opened anew when it was lost. Invariants: at most one connection lives here and at most one is being
 * opened; a connection is never closed for idleness while someone borrows it.
 */
export interface Lane {
  /** Runs with the open connection. It must not be kept beyond the call. */
  borrow<T>(run: (client: ImapFlow) => Promise<T>): Promise<T>;
  /** Drops the connection at once; commands under way reject. The next borrow opens another. */
  drop(): void;
  /** Ends the lane for good: waits for a goodbye, then nothing can be borrowed. */
  close(): Promise<void>;
  isOpen(): boolean;
}

export function makeLane(
  account: Account,
  password: string,
  options: { idleMs: number | null; onClose?: (client: ImapFlow) => void },
): Lane {
  let client: ImapFlow | null = null;
  let opening: Promise<ImapFlow> | null = null;
  let borrowers = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  let closed = false;

  async function open(): Promise<ImapFlow> {
    const opened = takeParkedConnection(account, password) ?? (await openConnection(account, password));
    if (closed) {
      void closeConnection(opened);
      throw new MailError('not-signed-in');
    }
    opened.once('close', () => {
      if (client === opened) client = null;
      options.onClose?.(opened);
    });
    if (opened.usable) client = opened;
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

  function release(): void {
    borrowers -= 1;
    if (borrowers > 0 || options.idleMs === null || closed) return;
    idleTimer = setTimeout(() => {
      const idle = client;
      client = null;
      if (idle) void closeConnection(idle);
    }, options.idleMs);
    idleTimer.unref();
  }

  return {
    async borrow(run) {
      clearTimeout(idleTimer);
      borrowers += 1;
      try {
        return await run(await current());
      } finally {
        release();
      }
    },
    drop() {
      client?.close();
      client = null;
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
