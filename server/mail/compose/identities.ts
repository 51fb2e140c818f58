import 'server-only';
import { MailError } from '#lib/errors.ts';
import { isDeliverable } from '#lib/mail/address.ts';
import type { Identities, Identity } from '#lib/mail/identity.ts';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import { env } from '#server/env.ts';
import { readIdentityRow, writeIdentityRow } from '#server/store/identity-rows.ts';

const defaultId = 'default';

/** An account's own address: its sign-in name where that is one. */
export function accountAddress({ user, host }: Account): string {
  return user.includes('@') ? user : `${user}@${env().mailDomain ?? host}`;
}

/** Whom a person may write as, their choice of a default first. The account's own address always is among them. */
export function readIdentities(account: Account): Identities {
  const own: Identity = {
    id: defaultId,
    name: '',
    address: accountAddress(account),
    replyTo: null,
    signature: '',
    sentMailbox: null,
  };
  const stored = readIdentityRow(accountKey(account)) ?? [];
  // The rule may have become stricter since they were stored.
  const allowed = stored
    .map((identity) => (identity.id === defaultId ? { ...identity, address: own.address } : identity))
    .filter(({ address }) => isAllowed(account, address));
  const identities = allowed.some(({ id }) => id === defaultId) ? allowed : [...allowed, own];
  return { identities, rule: env().identities };
}

/** What tells a person's own messages from others', in lower case. */
export function ownAddresses(account: Account): string[] {
  return readIdentities(account).identities.map(({ address }) => address.toLowerCase());
}

/** Throws sender-refused for one the account does not have (check 28). */
export function findIdentity(account: Account, id: string): Identity {
  const found = readIdentities(account).identities.find((identity) => identity.id === id);
  if (!found) throw new MailError('sender-refused', { field: 'identity' });
  return found;
}

/** Stores all identities in their order; throws sender-refused for an address that the administrator does not allow, address-invalid. */
export function writeIdentities(account: Account, identities: Identity[]): Identities {
  const seen = new Set<string>();
  for (const { id, address } of identities) {
    if (seen.has(id)) throw new MailError('invalid-input');
    seen.add(id);
    if (!isDeliverable(address) && id !== defaultId) throw new MailError('address-invalid', { field: 'address' });
    if (!isAllowed(account, address)) throw new MailError('sender-refused', { field: 'address' });
  }
  writeIdentityRow(accountKey(account), identities);
  return readIdentities(account);
}

function isAllowed(account: Account, address: string): boolean {
  const own = accountAddress(account).toLowerCase();
  const other = address.toLowerCase();
  if (other === own) return true;
  switch (env().identities) {
    case 'fixed':
      return false;
    case 'same-domain':
      return domainOf(other) === domainOf(own);
    case 'free':
      return true;
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
