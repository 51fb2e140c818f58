import type { QueryClient } from '@tanstack/react-query';
import { isBelow, renamedPath } from '#lib/mail/mailbox-path.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { keys } from '#lib/client/keys.ts';
import { openMailbox, replaceMailbox } from '#lib/client/location.ts';
import { parseMailPath } from '#lib/client/mail-path.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { followRenamedSelection } from '#lib/client/message-list/use-selection.ts';

/**
 * A mailbox has another path now: what is held of it and of all below is held under the new ones, and the address follows if
 * one of them is open. UIDs stay what they are (RFC 9051 section 6.3.6).
 */
export function followRename(client: QueryClient, from: Pick<Mailbox, 'path' | 'delimiter'>, to: MailboxPath): void {
  for (const [key, state] of client.getQueriesData<ListState>({ queryKey: keys.allLists })) {
    const renamed = renamedPath(String(key[1]), from, to);
    if (!state || renamed === key[1]) continue;
    // As if read long ago: who shows it asks what it missed, and from then on is told of the new name.
    client.setQueryData<ListState>(keys.list(renamed), { ...state, mailbox: renamed }, { updatedAt: 1 });
    for (const [, detail] of client.getQueriesData<MessageDetail>({ queryKey: keys.messagesOf(String(key[1])) }))
      if (detail) carryMessage(client, detail, renamed);
  }
  const { mailbox } = parseMailPath(window.location.pathname);
  const renamed = mailbox === null ? null : renamedPath(mailbox, from, to);
  if (mailbox === null || renamed === null || renamed === mailbox) return;
  followRenamedSelection(mailbox, renamed);
  replaceMailbox(renamed);
}

/** A mailbox is gone: whoever looks at it, or at one that was below, looks at the inbox. True if that was so. */
export function leaveMailbox(gone: Pick<Mailbox, 'path' | 'delimiter'>): boolean {
  const { mailbox } = parseMailPath(window.location.pathname);
  if (mailbox === null || (mailbox !== gone.path && !isBelow(gone, mailbox))) return false;
  openMailbox('INBOX');
  return true;
}

/** As it was read, whole and with formatting: what else was looked at is read anew. */
function carryMessage(client: QueryClient, detail: MessageDetail, mailbox: MailboxPath): void {
  const ref = { ...detail.ref, mailbox };
  for (const body of ['html', 'plain'])
    if (client.getQueryData(keys.message(detail.ref, null, body)) === detail)
      client.setQueryData<MessageDetail>(keys.message(ref, null, body), { ...detail, ref });
}

/**
 * Where a mailbox that is gone went when another device renamed it: exactly one that was not there before has its uidValidity
 * and has given out at least as many UIDs. Null where that can't be told, and where it went into the trash: that is deleting.
 */
export function findRenamed(gone: Mailbox, before: readonly Mailbox[], now: readonly Mailbox[]): MailboxPath | null {
  const { counts } = gone;
  if (!counts) return null;
  const known = new Set(before.map(({ path }) => path));
  const trash = now.find(({ role }) => role === 'trash');
  const heirs = now.filter(
    (mailbox) =>
      !known.has(mailbox.path) &&
      !(trash && isBelow(trash, mailbox.path)) &&
      mailbox.counts?.uidValidity === counts.uidValidity &&
      mailbox.counts.uidNext >= counts.uidNext,
  );
  return heirs.length === 1 ? (heirs[0]?.path ?? null) : null;
}
