import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { Lane } from './lane.ts';
import { isConnectionLost, isConnectionUseless, toMailError } from './to-mail-error.ts';

/** What `run` may use: the connection with the mailbox selected, and that mailbox as imapflow keeps it up to date. */
export interface OpenMailbox {
  client: ImapFlow;
  mailbox: MailboxObject;
}

interface Options {
  signal?: AbortSignal;
  /** Milliseconds for the whole of it, waiting for the connection included. */
  timeoutMs?: number;
}

const defaultTimeoutMs = 30_000;

/**
 * Runs with a mailbox selected and nobody else on the connection. A connection that turns out dead is replaced once: all
 * we do with a mailbox names the wanted state, so doing it twice is harmless. Throws a MailError; when time runs out, or a
 * search is stopped, the connection is dropped, since IMAP has no way to take a command back.
 */
export async function withMailbox<T>(
  lane: Lane,
  path: MailboxPath,
  run: (open: OpenMailbox) => Promise<T>,
  options: Options = {},
): Promise<T> {
  return withConnection(
    lane,
    async (client) => {
      const lock = await client.getMailboxLock(path);
      try {
        options.signal?.throwIfAborted(); // It may have waited for the lock.
        const { mailbox } = client;
        if (!mailbox) throw new MailError('server-unreachable');
        return await run({ client, mailbox });
      } finally {
        lock.release();
      }
    },
    options,
  );
}

/** The same without a mailbox: for LIST, STATUS of others, quota. */
export async function withConnection<T>(
  lane: Lane,
  run: (client: ImapFlow) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const borrow = () =>
    lane.borrow((client) => {
      options.signal?.throwIfAborted();
      return run(client);
    });
  const attempt = () => bounded(lane, borrow, options);
  try {
    return await attempt();
  } catch (error) {
    if (options.signal?.aborted) throw new MailError('cancelled', { cause: error });
    if (isConnectionUseless(error)) lane.drop();
    else if (!isConnectionLost(error)) throw toMailError(error);
  }
  try {
    return await attempt();
  } catch (error) {
    throw options.signal?.aborted ? new MailError('cancelled', { cause: error }) : toMailError(error);
  }
}

async function bounded<T>(lane: Lane, run: () => Promise<T>, options: Options): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  function end(code: MailErrorCode): void {
    reject(new MailError(code));
    lane.drop();
  }
  const timer = setTimeout(() => end('server-timeout'), options.timeoutMs ?? defaultTimeoutMs);
  const stop = () => end('cancelled');
  const signal = lane.dropsWhenStopped ? options.signal : undefined;
  signal?.addEventListener('abort', stop);
  try {
    signal?.throwIfAborted();
    return await Promise.race([run(), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
