import type { MailErrorCode } from '#lib/errors.ts';
import type { ConnectionState } from '#lib/mail/event.ts';
import { makeStore, useStore } from '#lib/client/external-store.ts';

export interface Connection {
  state: ConnectionState;
  /** Why it is not live, where that is known. */
  reason: MailErrorCode | null;
}

const initial: Connection = { state: 'reconnecting', reason: null };

/** How changes of other devices reach this browser at the moment; only the feed writes it. */
export const connection = makeStore<Connection>(initial);

export function useConnection(): Connection {
  return useStore(connection, initial);
}
