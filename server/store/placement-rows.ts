import 'server-only';
import { formatUidSet, parseUidSet } from '#lib/mail/uid-set.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { database } from './database.ts';

/** Messages of a mailbox, by their UIDs. */
export interface Place {
  mailbox: MailboxPath;
  uidValidity: number;
  uids: UidSet;
}

/** Messages that an act moved; the UIDs correspond by place. */
export interface PlacementRow {
  from: Place;
  to: Place;
}

/** Kept as long as there is anything to take back that may name them by where they were. */
export function insertPlacementRows(accountKey: string, rows: readonly PlacementRow[]): void {
  const insert = database().prepare('INSERT INTO placements VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { from, to } of rows)
    insert.run(
      accountKey,
      from.mailbox,
      from.uidValidity,
      formatUidSet(from.uids),
      to.mailbox,
      to.uidValidity,
      formatUidSet(to.uids),
      Date.now(),
    );
}

/** Whether any that were in this mailbox were moved by an act. */
export function hasPlacementRows(accountKey: string, { mailbox, uidValidity }: Omit<Place, 'uids'>): boolean {
  return (
    database()
      .prepare('SELECT 1 FROM placements WHERE account_key = ? AND mailbox = ? AND uid_validity = ? LIMIT 1')
      .get(accountKey, mailbox, uidValidity) !== undefined
  );
}

/** The account's, oldest first. */
export function listPlacementRows(accountKey: string): PlacementRow[] {
  return database()
    .prepare('SELECT * FROM placements WHERE account_key = ? ORDER BY rowid')
    .all(accountKey)
    .map((row) => ({
      from: toPlace(row.mailbox, row.uid_validity, row.uids),
      to: toPlace(row.target, row.target_uid_validity, row.target_uids),
    }));
}

function toPlace(mailbox: unknown, uidValidity: unknown, uids: unknown): Place {
  return { mailbox: String(mailbox), uidValidity: Number(uidValidity), uids: parseUidSet(String(uids)) };
}
