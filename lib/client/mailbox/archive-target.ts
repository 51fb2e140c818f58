import { useMemo } from 'react';
import { useFormat } from '#lib/format/use-format.tsx';
import type { ArchiveBy } from '#lib/mail/archive-by.ts';
import type { MailAct } from '#lib/mail/task.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

/** How this person's archived messages are filed; null: they go into the archive itself. */
export function useArchiveBy(): ArchiveBy | null {
  const { archiveBy } = usePreferences().preferences;
  const { timeZone } = useFormat();
  return useMemo(() => (archiveBy === 'none' ? null : { unit: archiveBy, timeZone }), [archiveBy, timeZone]);
}

/** Whether messages can be filed below the archive at all: Gmail's is a view of everything. */
export function canFileArchive(mailboxes: readonly Mailbox[]): boolean {
  const archive = archiveOf(mailboxes);
  return archive === undefined || (archive.role === 'archive' && archive.canHoldMailboxes);
}

/** Where archived messages go. */
export function archiveTarget(
  mailboxes: readonly Mailbox[],
  archiveBy: ArchiveBy | null,
): Pick<Extract<MailAct, { type: 'move' }>, 'to' | 'as' | 'by'> {
  const known = archiveOf(mailboxes);
  const target = known ? { to: known.path } : { to: 'Archive', as: 'archive' as const };
  return archiveBy && canFileArchive(mailboxes) ? { ...target, by: archiveBy } : target;
}

function archiveOf(mailboxes: readonly Mailbox[]): Mailbox | undefined {
  const withRole = (role: Mailbox['role']) => mailboxes.find((one) => one.role === role && one.selectable);
  return withRole('archive') ?? withRole('all');
}
