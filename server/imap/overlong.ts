import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { Account } from '#server/auth/account.ts';
import { accountKey } from '#server/auth/account.ts';
import { singleton } from '#server/singleton.ts';

/** imapflow's codes for an answer beyond our limits; it closes the connection with it. */
const codes: readonly unknown[] = ['LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge'];
const maxKept = 10_000;

const state = singleton('overlong', () => ({
  accounts: new WeakMap<ImapFlow, string>(),
  mailboxes: new Set<string>(),
}));

/**
 * Remembers mailboxes in which an answer about a message was longer than we take: a subject of a megabyte, a structure of
 * ten thousand parts. Whoever reads there again reads carefully (fetch-carefully.ts), so that one message never hides the others.
 */
export function noteOverlong(client: ImapFlow, account: Account): void {
  state.accounts.set(client, accountKey(account));
  client.on('error', (error: { code?: unknown }) => {
    const place = codes.includes(error.code) ? placeOf(client) : null;
    if (place === null) return;
    state.mailboxes.add(place);
    const [oldest] = state.mailboxes;
    if (state.mailboxes.size > maxKept && oldest !== undefined) state.mailboxes.delete(oldest);
  });
}

/** Whether the selected mailbox is one of them. */
export function isOverlong(client: ImapFlow): boolean {
  const place = placeOf(client);
  return place !== null && state.mailboxes.has(place);
}

function placeOf(client: ImapFlow): string | null {
  const account = state.accounts.get(client);
  return account && client.mailbox ? `${account}\n${client.mailbox.path}` : null;
}
