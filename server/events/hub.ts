import 'server-only';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { singleton } from '#server/singleton.ts';

/** What a process tells its sessions about each other: facts of mailboxes stay with the session, pokes and facts of the account go to all of it. */
export interface AccountListener {
  sessionId: string;
  /** Something we did ourselves moved a mailbox: pull it, without waiting for the mail server to say so. */
  onPoke(path: MailboxPath): void;
  /** We made, renamed, deleted or subscribed mailboxes; `paths` are those that may be selected somewhere. */
  onMailboxes(paths: readonly MailboxPath[]): void;
  /** Something that is true for the whole account and stands in no mailbox; answers whether anyone listens. */
  onFact(fact: MailEvent): boolean;
}

const accounts = singleton('event-hub', () => new Map<string, Set<AccountListener>>());

/** Hears pokes of an account until the returned function is called. */
export function listenToAccount(accountKey: string, listener: AccountListener): () => void {
  const listeners = accounts.get(accountKey) ?? new Set();
  listeners.add(listener);
  accounts.set(accountKey, listeners);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && accounts.get(accountKey) === listeners) accounts.delete(accountKey);
  };
}

/** Pokes every session of the account in this process but the one that did the change: that one pulls by itself. */
export function pokeAccount(accountKey: string, path: MailboxPath, exceptSessionId: string): void {
  for (const listener of accounts.get(accountKey) ?? []) {
    if (listener.sessionId !== exceptSessionId) listener.onPoke(path);
  }
}

/** Tells every session of the account in this process, the one that did it included, that the tree is another. */
export function pokeMailboxes(accountKey: string, paths: readonly MailboxPath[]): void {
  for (const listener of accounts.get(accountKey) ?? []) listener.onMailboxes(paths);
}

/** Tells every session of the account in this process, the one that caused it too: its other tabs hear it so. Answers whether anyone heard. */
export function tellAccount(accountKey: string, fact: MailEvent): boolean {
  let isHeard = false;
  for (const listener of accounts.get(accountKey) ?? []) isHeard = listener.onFact(fact) || isHeard;
  return isHeard;
}
