import { Folder } from 'lucide-react';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { openMailbox } from '#lib/client/location.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Every mailbox that can be opened. */
export function useMailboxEntries(): PaletteEntry[] {
  const { mailboxes } = useMailboxes();
  const nameOf = useMailboxName();
  const names = new Map(mailboxes.map((mailbox) => [mailbox.path, nameOf(mailbox)]));
  return mailboxes
    .filter(({ selectable }) => selectable)
    .map((mailbox) => {
      const above = mailbox.parent === null ? undefined : names.get(mailbox.parent);
      return {
        id: `mailbox ${mailbox.path}`,
        group: 'mailboxes',
        icon: Folder,
        text: nameOf(mailbox),
        ...(above === undefined ? {} : { detail: above }),
        run: () => openMailbox(mailbox.path),
      };
    });
}
