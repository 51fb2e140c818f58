import type { Keyword } from './keyword.ts';

/** Says that a receipt was sent, or that none will be (RFC 3503 section 3.1): nobody asks again, on no device. */
export const answeredKeyword: Keyword = '$MDNSent';

export function isReceiptAnswered(keywords: readonly Keyword[]): boolean {
  return keywords.some((keyword) => keyword.toLowerCase() === '$mdnsent');
}
