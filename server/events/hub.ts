import 'server-only';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { tellOtherProcesses } from '#server/processes/links.ts';
import type { ProcessMessage } from '#server/processes/message.ts';
import { singleton } from '#server/singleton.ts';

/**
 * What the sessions of an account are told about each other: facts of mailboxes stay with the session, pokes and facts
 * of the account go to all of it.
 */
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

/** Pokes every session of the account, in all processes, but the one that did the change: that one pulls by itself. */
export function pokeAccount(accountKey: string, path: MailboxPath, exceptSessionId: string): void {
  for (const listener of accounts.get(accountKey) ?? []) {
    if (listener.sessionId !== exceptSessionId) listener.onPoke(path);
  }
  tellOtherProcesses({ kind: 'mailbox', account: accountKey, path });
}

/** Tells every session of the account, in all processes, the one that did it included, that the tree is another. */
export function pokeMailboxes(accountKey: string, paths: readonly MailboxPath[]): void {
  for (const listener of accounts.get(accountKey) ?? []) listener.onMailboxes(paths);
  tellOtherProcesses({ kind: 'mailboxes', account: accountKey, paths: [...paths] });
}

/**
 * Tells every session of the account, in all processes, the one that caused it too: its other tabs hear it so. Answers
 * whether anyone heard in this process.
 */
export function tellAccount(accountKey: string, fact: MailEvent): boolean {
  tellOtherProcesses({ kind: 'fact', account: accountKey, fact });
  return tellAccountHere(accountKey, fact);
}

/** The same in this process only: each of the others knows it by the store. */
export function tellAccountHere(accountKey: string, fact: MailEvent): boolean {
  let isHeard = false;
  for (const listener of accounts.get(accountKey) ?? []) isHeard = listener.onFact(fact) || isHeard;
  return isHeard;
}

/** Passes on what another process told of an account; answers whether anyone here heard. */
export function hearFromProcess(message: Extract<ProcessMessage, { account: string }>): boolean {
  const listeners = [...(accounts.get(message.account) ?? [])];
  switch (message.kind) {
    case 'mailbox':
      for (const listener of listeners) listener.onPoke(message.path);
      return listeners.length > 0;
    case 'mailboxes':
      for (const listener of listeners) listener.onMailboxes(message.paths);
      return listeners.length > 0;
    case 'fact':
      return tellAccountHere(message.account, message.fact);
  }
}
