import 'server-only';
import type { ImapFlow } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { copiedUids } from './copy-uid.ts';
import type { CopiedUids } from './copy-uid.ts';
import { pairFingerprints, readFingerprints } from './fingerprints.ts';
import type { Fingerprint } from './fingerprints.ts';
import { answerOfRefusal, execCommand, mailboxName, responseCodeOf, sequence } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** The mailbox messages are taken from, as it was when they were named. */
export interface Source {
  mailbox: MailboxPath;
  uidValidity: number;
}

export interface Transferred {
  /** Where they are now; null where nobody can tell. */
  copied: CopiedUids | null;
  /** How many were no longer there. */
  gone: number;
}

export function has(client: ImapFlow, capability: 'MOVE' | 'UIDPLUS'): boolean {
  return client.capabilities.has(capability) || client.capabilities.has('IMAP4rev2'); // RFC 9051 section 1.4.
}

/** Whether COPYUID tells which copy is which message's. */
export function tellsCopies(client: ImapFlow): boolean {
  return has(client, 'UIDPLUS');
}

export function range(uids: Iterable<number>): string {
  return formatUidSet(toUidSet(uids));
}

/** UID MOVE or UID COPY out of the selected mailbox; answers what COPYUID told. Throws target-missing. */
export async function transfer(
  client: ImapFlow,
  command: 'UID MOVE' | 'UID COPY',
  uids: readonly number[],
  to: MailboxPath,
): Promise<CopiedUids | null> {
  let told: CopiedUids | null = null;
  try {
    const answer = await execCommand(client, command, [sequence(range(uids)), mailboxName(client, to)], {
      OK: (untagged) => {
        told = copiedUids(untagged) ?? told; // MOVE says it before the messages go (RFC 6851 section 4.3).
      },
    });
    return copiedUids(answer) ?? told;
  } catch (error) {
    const refusal = answerOfRefusal(error);
    const code = refusal && responseCodeOf(refusal)?.code;
    throw code === 'TRYCREATE' || code === 'NONEXISTENT' ? new MailError('target-missing', { cause: error }) : error;
  }
}

export async function uidNextOf(client: ImapFlow, path: MailboxPath): Promise<number> {
  const status = await client.status(path, { uidNext: true });
  if (!status) throw new MailError('target-missing');
  return status.uidNext ?? 1;
}

/** The copies among a mailbox's messages from a UID on. */
export async function findCopies(
  session: ImapSession,
  path: MailboxPath,
  sources: readonly Fingerprint[],
  uidNext: number,
): Promise<CopiedUids> {
  return withMailbox(session.commands, path, async ({ client, mailbox }) => {
    // "n:*" is the last message also where that is below n (RFC 9051 section 9).
    const copies = (await readFingerprints(client, `${uidNext}:*`)).filter(({ uid }) => uid >= uidNext);
    return { uidValidity: Number(mailbox.uidValidity), uids: pairFingerprints(sources, copies) };
  });
}
