import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import type { CopiedUids } from './copy-uid.ts';
import { pairFingerprints, readFingerprints } from './fingerprints.ts';
import type { ImapSession } from './sessions.ts';
import { findCopies, range, tellsCopies, transfer, uidNextOf } from './transfer.ts';
import type { Source, Transferred } from './transfer.ts';
import { withMailbox } from './with-mailbox.ts';

/** Of the target's newest messages so many may be what an earlier try copied. */
const recent = 1_000;

/**
 * Copies messages (UID COPY, RFC 9051 section 6.4.7): all of them or none. Tried again, those that the earlier try copied are
 * found by their fingerprints and not copied twice. Throws target-missing where there is no such mailbox.
 */
export async function copyMessages(
  session: ImapSession,
  source: Source,
  uids: readonly number[],
  to: MailboxPath,
  { again }: { again: boolean },
): Promise<Transferred> {
  const known = again ? await copiedBefore(session, source, uids, to) : null;
  const left = known ? known.left : uids;
  let isTried = false;
  const { copied, sought, gone } = await withMailbox(session.commands, source.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, source.uidValidity);
    if (isTried) throw new MailError('server-unreachable'); // Whoever tries again has to look first.
    isTried = true;
    if (left.length === 0) return { copied: null, sought: null, gone: 0 };
    if (tellsCopies(client)) {
      const told = await transfer(client, 'UID COPY', left, to);
      return { copied: told, sought: null, gone: left.length - (told?.uids.length ?? 0) };
    }
    const there = await readFingerprints(client, range(left));
    const uidNext = await uidNextOf(client, to);
    const told = there.length ? await transfer(client, 'UID COPY', left, to) : null;
    return { copied: told, sought: told ? null : { there, uidNext }, gone: left.length - there.length };
  });
  const found = sought ? await findCopies(session, to, sought.there, sought.uidNext) : copied;
  return { copied: join(known?.copied ?? null, found), gone: again ? 0 : gone };
}

async function copiedBefore(
  session: ImapSession,
  source: Source,
  uids: readonly number[],
  to: MailboxPath,
): Promise<{ copied: CopiedUids; left: number[] }> {
  const there = await withMailbox(session.commands, source.mailbox, ({ client, mailbox }) => {
    checkUidValidity(mailbox, source.uidValidity);
    return readFingerprints(client, range(uids));
  });
  return withMailbox(session.commands, to, async ({ client, mailbox }) => {
    const copies = await readFingerprints(client, `${Math.max(1, mailbox.uidNext - recent)}:*`);
    const pairs = pairFingerprints(there, copies);
    const done = new Set(pairs.map(([uid]) => uid));
    const left = there.map(({ uid }) => uid).filter((uid) => !done.has(uid));
    return { copied: { uidValidity: Number(mailbox.uidValidity), uids: pairs }, left };
  });
}

function join(a: CopiedUids | null, b: CopiedUids | null): CopiedUids | null {
  if (!a || !b) return a ?? b;
  return a.uidValidity === b.uidValidity ? { uidValidity: a.uidValidity, uids: [...a.uids, ...b.uids] } : b;
}
