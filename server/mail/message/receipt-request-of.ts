import 'server-only';
import type { ReceiptRequest } from '#lib/mail/receipt-request.ts';
import type { Account } from '#server/auth/account.ts';
import type { Header } from '#server/content/headers.ts';
import { readReceiptRequest } from '#server/content/receipt-request.ts';
import type { ImapMessage } from '#server/imap/read-message.ts';
import { ownAddresses } from '#server/mail/compose/identities.ts';

/**
 * Who asks for a receipt of a message, if they should be given one at all: not oneself, not for a draft, and not for a
 * report, which is a receipt itself perhaps (RFC 8098 section 3).
 */
export function receiptRequestOf(
  account: Account,
  { head, structure }: Pick<ImapMessage, 'head' | 'structure'>,
  fields: readonly Header[],
): ReceiptRequest | null {
  const request = readReceiptRequest(fields);
  if (!request || structure?.mediaType === 'multipart/report' || head.keywords.includes('$draft')) return null;
  const own = ownAddresses(account);
  const isOwn = [request, ...head.from].some(({ address }) => own.includes(address.toLowerCase()));
  return isOwn ? null : request;
}
