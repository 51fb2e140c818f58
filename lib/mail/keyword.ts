import { z } from 'zod';

/**
 * A message keyword in JMAP's form (RFC 8621 section 4.1.1): the IMAP system flags are `$seen`, `$flagged`, `$answered`,
 * `$draft`; `$deleted` is \Deleted, marked to go; everything else is the IMAP keyword itself, in the case the server uses. Only
 * server/imap/keywords.ts knows the backslash names. An IMAP keyword is an atom (RFC 9051 section 9).
 */
export const keywordSchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/);

export type Keyword = z.infer<typeof keywordSchema>;
