import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { keepsFlag } from './check-writable.ts';
import { hasGmailLabels, listGmailLabels } from './gmail-labels.ts';
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
  /** Labels are mailboxes (Gmail): one that is removed goes with its mailbox, and nothing brings it back to its messages. */
  areMailboxes: boolean;
}

export async function readKnownKeywords(
  session: ImapSession,
  path: MailboxPath,
  signal?: AbortSignal,
): Promise<KnownKeywords> {
  return withMailbox(
    session.commands,
    path,
    async ({ client, mailbox }) => {
      if (hasGmailLabels(client)) {
        const labels = await listGmailLabels(client);
        return {
          keywords: labels,
          takesNew: !mailbox.readOnly,
          settable: mailbox.readOnly ? [] : labels,
          areMailboxes: true,
        };
      }
      const keywords = toKeywords([...(mailbox.flags ?? [])].filter((flag) => !flag.startsWith('\\')));
      const takesNew = !mailbox.readOnly && keepsFlag(mailbox, anyOther);
      return {
        keywords,
        takesNew,
        areMailboxes: false,
        settable: mailbox.readOnly ? [] : keywords.filter((one) => keepsFlag(mailbox, one)),
      };
    },
    { signal },
  );
}

/** A keyword no server lists. */
const anyOther = 'pipit-asks';
