import 'server-only';
import type { MessageRef } from '#lib/mail/message.ts';
import type { StorageReport } from '#lib/mail/storage.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { chooseParts } from '#server/content/choose-parts.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { readStructures } from '#server/imap/read-structures.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { describeMessages } from './describe-messages.ts';
import { makeTopList } from './top-list.ts';

export interface SizedMessage {
  ref: MessageRef;
  /** Octets. */
  size: number;
}

interface Found extends SizedMessage {
  part: string;
  name: string;
}

/** Structures asked for at a time. */
const perStep = 40;

/**
 * The largest attachments, sought in the largest messages: none is larger than its message, so the search ends where the next message is
 * smaller than the least attachment found. `messages` stand with the greatest first; `areAll`: there are no others. Throws a MailError.
 */
export async function largestAttachments(
  session: ImapSession,
  messages: readonly SizedMessage[],
  areAll: boolean,
  most: number,
  looked: (messages: number) => void,
  signal: AbortSignal,
): Promise<Pick<StorageReport, 'attachments' | 'attachmentsAmong'>> {
  let isWhole = areAll;
  const found = makeTopList<Found>(most, ({ size }) => size);
  for (let at = 0; at < messages.length; at += perStep) {
    const step = messages.slice(at, at + perStep);
    const least = found.sorted()[most - 1];
    if (least && step[0] && least.size >= step[0].size) {
      isWhole = true;
      break;
    }
    for (const [path, own] of Map.groupBy(step, ({ ref }) => ref.mailbox)) {
      await withMailbox(
        session.storage,
        path,
        async ({ client, mailbox }) => {
          const uidValidity = own[0]?.ref.uidValidity ?? 0;
          checkUidValidity(mailbox, uidValidity);
          const set = formatUidSet(toUidSet(own.map(({ ref }) => ref.uid)));
          const seen = new Set<number>();
          await readStructures(client, set, 'uid', (uid, structure) => {
            if (!structure || seen.has(uid)) return;
            seen.add(uid);
            for (const { part, name, size, inline } of chooseParts(structure, 'html').attachments)
              if (!inline) found.add({ ref: { mailbox: path, uidValidity, uid }, part, name, size });
          });
        },
        { signal, timeoutMs: 120_000 },
      );
    }
    looked(Math.min(messages.length, at + perStep));
  }
  const largest = found.sorted();
  // The last of them may be as large as what was not looked at.
  const last = messages.at(-1);
  if (last && (largest[most - 1]?.size ?? 0) >= last.size) isWhole = true;
  const nameOf = ({ mailbox, uid }: MessageRef) => `${uid} ${mailbox}`;
  const once = [...new Map(largest.map((one) => [nameOf(one.ref), one])).values()];
  const described = new Map(
    (await describeMessages(session, once, signal)).map((message) => [nameOf(message.ref), message]),
  );
  const attachments = largest.flatMap(({ ref, part, name, size }) => {
    const message = described.get(nameOf(ref));
    return message ? [{ ref, part, name, size, subject: message.subject, receivedAt: message.receivedAt }] : [];
  });
  return { attachments, attachmentsAmong: isWhole ? null : messages.length };
}
