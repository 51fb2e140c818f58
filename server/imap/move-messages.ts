import 'server-only';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { checkWritable, keptOf } from './check-writable.ts';
import { copyMessages } from './copy-messages.ts';
import { expungeUids } from './expunge-uids.ts';
import { readFingerprints } from './fingerprints.ts';
import type { ImapSession } from './sessions.ts';
import { storeAll } from './store-keyword.ts';
import { findCopies, has, range, tellsCopies, transfer, uidNextOf } from './transfer.ts';
import type { Source, Transferred } from './transfer.ts';
import { withMailbox } from './with-mailbox.ts';

interface Options {
  /** It was tried before, and nobody knows how far it came. */
  again: boolean;
  /** Set before they go, where the mailbox takes them. */
  keywords: readonly { keyword: Keyword; value: boolean }[];
  /** Where it is told what was set of them: also by a try that failed later. */
  stored?: Moved['keywords'];
}

export interface Moved extends Transferred {
  /** What was set of the keywords that go along, by the UIDs in the source. */
  keywords: { keyword: Keyword; value: boolean; uids: number[] }[];
}

/**
 * Moves messages: UID MOVE (RFC 6851), else UID COPY and then expunged by UID. Done again, those that are gone are where they
 * should be. Throws target-missing where there is no such mailbox.
 */
export async function moveMessages(
  session: ImapSession,
  source: Source,
  uids: readonly number[],
  to: MailboxPath,
  { again, keywords, stored = [] }: Options,
): Promise<Moved> {
  let isRepeat = again;
  const prepared = await withMailbox(session.commands, source.mailbox, async ({ client, mailbox }) => {
    const wasTried = isRepeat;
    isRepeat = true; // A lost connection brings us here a second time.
    checkUidValidity(mailbox, source.uidValidity);
    checkWritable(mailbox);
    stored.push(...(await storeAll(client, uids, keptOf(mailbox, keywords))));
    if (!has(client, 'MOVE')) return null;
    if (tellsCopies(client)) {
      const copied = await transfer(client, 'UID MOVE', uids, to);
      return { copied, gone: wasTried ? 0 : uids.length - (copied?.uids.length ?? 0), sought: null };
    }
    const there = await readFingerprints(client, range(uids));
    const uidNext = await uidNextOf(client, to);
    const copied = there.length ? await transfer(client, 'UID MOVE', uids, to) : null;
    const gone = wasTried ? 0 : uids.length - there.length;
    return { copied, gone, sought: copied ? null : { there, uidNext } };
  });
  if (prepared) {
    const { copied, gone, sought } = prepared;
    const found = sought ? await findCopies(session, to, sought.there, sought.uidNext) : copied;
    return { gone, copied: found, keywords: stored };
  }
  const copied = await copyMessages(session, source, uids, to, { again });
  await withMailbox(session.commands, source.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, source.uidValidity);
    await expungeUids(client, uids);
  });
  return { ...copied, keywords: stored };
}

/** Sets keywords on messages that stay where they are. */
export async function storeKeywords(
  session: ImapSession,
  source: Source,
  uids: readonly number[],
  keywords: Options['keywords'],
): Promise<Moved['keywords']> {
  return withMailbox(session.commands, source.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, source.uidValidity);
    checkWritable(mailbox);
    return storeAll(client, uids, keptOf(mailbox, keywords));
  });
}
