import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { StorageReport } from '#lib/mail/storage.ts';
import { listOn } from '#server/imap/list-mailboxes.ts';
import { listSizes } from '#server/imap/list-sizes.ts';
import { readSenders } from '#server/imap/read-senders.ts';
import type { SentBy } from '#server/imap/read-senders.ts';
import { readSizes, yearOf } from '#server/imap/read-sizes.ts';
import type { MessageSize } from '#server/imap/read-sizes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { walkMailbox } from '#server/imap/walk-mailbox.ts';
import { withConnection } from '#server/imap/with-mailbox.ts';
import { readChosenRoles } from '#server/store/chosen-role-rows.ts';
import { largestAttachments } from './largest-attachments.ts';
import type { SizedMessage } from './largest-attachments.ts';
import { describeMessages } from './describe-messages.ts';
import { makeSenderSums } from './sender-sums.ts';
import { storageSources } from './storage-sources.ts';
import { makeTopList } from './top-list.ts';

/** Entries of each list. */
const listed = 20;
/** Messages among which the largest attachments are sought. */
const candidates = 500;
/** The picture moves no more often than this. Milliseconds. */
const tellEveryMs = 250;

/**
 * Reads what takes the space, and tells it as it becomes known: first what each mailbox takes as the server adds it up, then sizes and
 * dates of all messages, the structures of the largest, and who sent them. Goes over a connection of its own, in windows; memory
 * does not grow with the mailbox. A mailbox that refuses is named and left out. Throws a MailError; cancelled by `signal`.
 */
export async function readStorage(
  session: ImapSession,
  timeZone: string,
  tell: (report: Partial<StorageReport>) => void,
  signal: AbortSignal,
): Promise<void> {
  const lane = session.storage;
  const sources = await withConnection(
    lane,
    async (client) => {
      const mailboxes = await listOn(client, readChosenRoles(session.accountKey));
      return storageSources(mailboxes, client.capabilities.has('X-GM-EXT-1'));
    },
    { signal },
  );
  const sums = new Map<MailboxPath, { messages: number; bytes: number | null }>();
  for (const { path, counts } of sources) sums.set(path, { messages: counts?.messages ?? 0, bytes: null });
  const unread = new Set<MailboxPath>();
  const of = () => [...sums].reduce((sum, [path, { messages }]) => sum + (unread.has(path) ? 0 : messages), 0);
  tell({ phase: 'sizes', looked: 0, of: of(), mailboxes: toList(sums) });

  const told = await withConnection(lane, (client) => listSizes(client, [...sums.keys()]), { signal });
  for (const [path, bytes] of told) {
    const sum = sums.get(path);
    if (sum) sum.bytes = bytes;
  }
  tell({ mailboxes: toList(sums) });

  const soon = throttled(tellEveryMs);
  const years = new Map<number, { messages: number; bytes: number }>();
  const largest = makeTopList<SizedMessage>(candidates, ({ size }) => size);
  let looked = 0;

  async function walkAll(walk: (mailbox: Mailbox) => Promise<void>): Promise<void> {
    const order = sources.toSorted((a, b) => (sums.get(b.path)?.messages ?? 0) - (sums.get(a.path)?.messages ?? 0));
    looked = 0;
    for (const mailbox of order) {
      if (unread.has(mailbox.path)) continue;
      try {
        await walk(mailbox);
      } catch (error) {
        if (!isMailError(error) || !isOfMailbox.has(error.code)) throw error;
        unread.add(mailbox.path);
        tell({ unread: [...unread], of: of() });
      }
    }
  }

  await walkAll(async ({ path }) => {
    const sum = { messages: 0, bytes: 0 };
    let uidValidity = 0;
    const before = looked;
    await walkMailbox<MessageSize>(
      lane,
      path,
      {
        window: { first: 5_000, most: 60_000 },
        read: (client, range, take) => readSizes(client, range, 'seq', take),
        opened(validity, messages) {
          uidValidity = validity;
          sums.set(path, { messages, bytes: sums.get(path)?.bytes ?? null });
        },
        told(messages, at) {
          for (const { uid, size, date } of messages) {
            sum.messages += 1;
            sum.bytes += size;
            const year = yearOf(date, timeZone);
            const known = years.get(year);
            if (known) {
              known.messages += 1;
              known.bytes += size;
            } else years.set(year, { messages: 1, bytes: size });
            if (largest.wants(size)) largest.add({ ref: { mailbox: path, uidValidity, uid }, size });
          }
          looked = before + at;
          soon(() => tell({ looked, of: of(), years: toYears(years) }));
        },
      },
      signal,
    );
    sums.set(path, sum); // What was added up is what the other pictures show.
  });
  const ranked = largest.sorted();
  const messages = await describeMessages(session, ranked.slice(0, listed), signal);
  tell({ looked, of: looked, mailboxes: toList(sums), years: toYears(years), messages });

  tell({ phase: 'attachments', looked: 0, of: ranked.length });
  const attachments = await largestAttachments(
    session,
    ranked,
    looked <= ranked.length,
    listed,
    (at) => soon(() => tell({ looked: at })),
    signal,
  );
  tell(attachments);

  const senders = makeSenderSums();
  tell({ phase: 'senders', looked: 0, of: of() });
  await walkAll(async ({ path }) => {
    const before = looked;
    await walkMailbox<SentBy>(
      lane,
      path,
      {
        window: { first: 2_000, most: 20_000 },
        read: (client, range, take) => readSenders(client, range, 'seq', take),
        opened: () => {},
        told(read, at) {
          for (const one of read) senders.add(one);
          looked = before + at;
          soon(() => tell({ looked, ...senders.greatest(listed) }));
        },
      },
      signal,
    );
  });
  tell({ phase: 'done', looked, of: looked, ...senders.greatest(listed) });
}

/** What one mailbox refuses while the others may be read. */
const isOfMailbox: ReadonlySet<string> = new Set([
  'mailbox-missing',
  'mailbox-changed',
  'mailbox-not-selectable',
  'permission-denied',
]);

function toList(
  sums: ReadonlyMap<MailboxPath, { messages: number; bytes: number | null }>,
): StorageReport['mailboxes'] {
  return [...sums]
    .map(([path, sum]) => ({ path, ...sum }))
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || b.messages - a.messages);
}

function toYears(years: ReadonlyMap<number, { messages: number; bytes: number }>): StorageReport['years'] {
  return [...years].map(([year, sum]) => ({ year, ...sum })).sort((a, b) => a.year - b.year);
}

/** Runs what it is given unless something ran a moment ago. */
function throttled(everyMs: number): (run: () => void) => void {
  let last = -Infinity;
  return (run) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    run();
  };
}
