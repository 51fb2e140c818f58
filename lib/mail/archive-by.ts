import type { Mailbox, MailboxPath } from './mailbox.ts';
import { isBelow } from './mailbox-path.ts';

/** How messages are filed below the archive: one mailbox for each year, or in it one for each month. `timeZone` as in the IANA database. */
export interface ArchiveBy {
  unit: 'year' | 'month';
  timeZone: string;
}

const dayMs = 24 * 3600_000;
const earliest = Date.UTC(1980, 0, 1);

/**
 * The date a message is filed by, in milliseconds since 1970: the one it was written (Date), as in Thunderbird, so that
 * mail brought from elsewhere is where one would look for it. What came before it was written, or long before there was
 * mail, is filed by its arrival.
 */
export function filingTime(sent: number, received: number): number {
  return sent >= earliest && sent <= received + dayMs ? sent : received;
}

/** Names of the mailboxes below the archive, outermost first: ["2026"] or ["2026", "11"]. A zone nobody knows is UTC. */
export function archiveNames(time: number, { unit, timeZone }: ArchiveBy): string[] {
  const parts = formatOf(timeZone).formatToParts(time);
  const part = (type: 'year' | 'month') => parts.find((one) => one.type === type)?.value ?? '';
  const year = part('year').padStart(4, '0');
  return unit === 'year' ? [year] : [year, part('month').padStart(2, '0')];
}

/** Whether a mailbox is below the archive: what lies there has been archived. */
export function isInArchive(mailboxes: readonly Mailbox[], path: MailboxPath): boolean {
  const archive = mailboxes.find(({ role }) => role === 'archive');
  return archive !== undefined && (archive.path === path || isBelow(archive, path));
}

let known: { timeZone: string; format: Intl.DateTimeFormat } | null = null;

/** The last one is kept: making one costs a hundred times what using it does. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  if (known?.timeZone === timeZone) return known.format;
  const options = { calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit' } as const;
  const make = (zone: string) => new Intl.DateTimeFormat('en', { ...options, timeZone: zone });
  let format: Intl.DateTimeFormat;
  try {
    format = make(timeZone);
  } catch {
    format = make('UTC');
  }
  known = { timeZone, format };
  return format;
}
