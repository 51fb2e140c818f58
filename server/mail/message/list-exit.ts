import 'server-only';
import type { ListExit } from '#lib/mail/list-exit.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { Account } from '#server/auth/account.ts';
import type { Authentication } from '#server/content/authentication-results.ts';
import { valuesOf } from '#server/content/headers.ts';
import type { Header } from '#server/content/headers.ts';
import { areWaysSigned, readListName, readListWays } from '#server/content/list-unsubscribe.ts';
import { env } from '#server/env.ts';
import { identityOf } from '#server/mail/compose/identity-of.ts';

/**
 * How the list that a message came from lets one go; null where it names no way. One click needs a signature of both fields that a trusted
 * server found good (RFC 8058 section 4); where no trusted server says anything it is offered too, for the person to look at the host.
 */
export function listExitOf(
  account: Account,
  fields: readonly Header[],
  message: Pick<MessageDetail, 'to' | 'cc'>,
  authentication: Authentication | null,
): ListExit | null {
  const values = (name: string) => valuesOf(fields, name);
  const ways = readListWays(values('list-unsubscribe'), values('list-unsubscribe-post'), env().appUrl.host);
  const list = readListName(values('list-id')[0]);
  const isProven = authentication !== null && areWaysSigned(values('dkim-signature'), authentication.signedBy);
  if (ways.post && (authentication === null || isProven)) {
    return { list, way: { kind: 'one-click', url: ways.post, host: new URL(ways.post).host, isProven } };
  }
  if (ways.mail) {
    const { address } = identityOf(account, fields, message);
    return { list, way: { kind: 'mail', from: address, ...ways.mail } };
  }
  return ways.page ? { list, way: { kind: 'page', url: ways.page, host: new URL(ways.page).host } } : null;
}
