import 'server-only';
import { createHash } from 'node:crypto';
import { MailError } from '#lib/errors.ts';

/** A login at a mail server. Never an e-mail address alone: any server could claim one. */
export interface Account {
  host: string;
  port: number;
  user: string;
}

/** Under which all of an account's data is stored. Does not show the address. */
export function accountKey({ host, port, user }: Account): string {
  return createHash('sha256')
    .update(JSON.stringify([host.toLowerCase(), port, user]))
    .digest('base64url');
}

/**
 * Throws other-account when a page was made for somebody else than who is signed in now: what is written and done there is none of theirs.
 * A page that names nobody is asked for nothing.
 */
export function refuseOtherAccount(named: unknown, account: Account): void {
  if (named !== null && named !== undefined && named !== accountKey(account)) throw new MailError('other-account');
}
