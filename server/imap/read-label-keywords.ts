import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { keepsFlag } from './check-writable.ts';
import { toKeywords } from './keywords.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** The keywords a mailbox knows (the FLAGS of SELECT, RFC 9051 section 7.3.5) and whether it takes others. */
export interface KnownKeywords {
  keywords: Keyword[];
  /** PERMANENTFLAGS holds \* (RFC 9051 section 7.1). */
  takesNew: boolean;
  /** Those of `keywords` that can be set. */
  settable: Keyword[];
}

export async function readKnownKeywords(
  session: ImapSession,
  path: MailboxPath,
  signal?: AbortSignal,
): Promise<KnownKeywords> {
  return withMailbox(
    session.commands,
    path,
    async ({ mailbox }) => {
      const keywords = toKeywords([...(mailbox.flags ?? [])].filter((flag) => !flag.startsWith('\\')));
      const takesNew = !mailbox.readOnly && keepsFlag(mailbox, anyOther);
      return {
        keywords,
        takesNew,
        settable: mailbox.readOnly ? [] : keywords.filter((one) => keepsFlag(mailbox, one)),
      };
    },
    { signal },
  );
}

/** A keyword no server lists. */
const anyOther = 'pipit-asks';
