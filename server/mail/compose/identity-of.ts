import 'server-only';
import type { Identity } from '#lib/mail/identity.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { Account } from '#server/auth/account.ts';
import { valuesOf } from '#server/content/headers.ts';
import type { Header } from '#server/content/headers.ts';
import { readIdentities } from './identities.ts';

/** The one of a person's own addresses that a message was written to, else delivered to; else their first. */
export function identityOf(
  account: Account,
  fields: readonly Header[],
  { to, cc }: Pick<MessageDetail, 'to' | 'cc'>,
): Identity {
  const { identities } = readIdentities(account);
  const delivered = ['delivered-to', 'x-original-to'].flatMap((name) => valuesOf(fields, name));
  const written = [...[...to, ...cc].map(({ address }) => address), ...delivered].map((one) => one.toLowerCase());
  const found = written.flatMap((one) => identities.find(({ address }) => address.toLowerCase() === one) ?? [])[0];
  const identity = found ?? identities[0];
  if (!identity) throw new TypeError('Every account has an identity');
  return identity;
}
