/** The result of one check as the mail server tells it (RFC 8601 section 2.7), less its nuances. */
export type CheckResult = 'pass' | 'fail' | 'none';

/**
 * Something about the sender that a careful reader should know. `forged`: the From domain says that this is not from it.
 * `unproven-own`: it claims our own domain and nothing proves it. `name-is-address`: the name reads like an address, and
 * another one wrote. `look-alike`: the domain reads like a known one. `replies-elsewhere`: unproven, and answers would go
 * to a free mailbox somewhere else. `mixed-script`: the domain mixes letters of several scripts. `several-senders`: more
 * than one From address.
 */
export type SenderWarning =
  | { kind: 'forged' | 'unproven-own' | 'mixed-script' | 'several-senders' }
  | { kind: 'name-is-address'; claimed: string }
  | { kind: 'replies-elsewhere'; address: string }
  | { kind: 'look-alike'; domain: string };

/** Who really sent a message, as far as the headers tell. All strings are hostile. */
export interface SenderTruth {
  /** What the trusted server found; null where it said nothing, or none is configured. */
  checks: { spf: CheckResult; dkim: CheckResult; dmarc: CheckResult; arc: CheckResult } | null;
  /** Domains whose signature holds, besides the sender's own. */
  signedBy: string[];
  /** Where a reply would go, if that is another domain than the sender's; no warning by itself, mailing lists do it. */
  repliesTo: string | null;
  warnings: SenderWarning[];
}
