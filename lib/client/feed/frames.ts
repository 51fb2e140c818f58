import { notifyManager } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MailboxCounts } from '#lib/mail/mailbox.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { OutgoingMessage } from '#lib/mail/outgoing.ts';
import { compareModseq, parseSyncToken } from '#lib/mail/sync-token.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import { acts } from '#lib/client/acts/act-store.ts';
import { observe } from '#lib/client/acts/settle.ts';
import { hearTask } from '#lib/client/bulk/bulk-store.ts';
import { connection } from './connection.ts';
import { keys } from '#lib/client/keys.ts';
import { applyFrame } from '#lib/client/message-list/apply-frame.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { searchPlace } from '#lib/client/search/mail-search.ts';
import { applyToSearch } from '#lib/client/search/apply-to-search.ts';
import type { SearchState } from '#lib/client/search/search-state.ts';
import { needRenewal, settleRenewal } from '#lib/client/session/renewal.ts';
import type { Frame } from './to-frames.ts';
import { takePreferences } from '#lib/client/use-preferences.ts';
import type { MailboxesData } from '#lib/client/mailbox/use-mailboxes.ts';
import { deselectGone, keepSelected } from '#lib/client/message-list/use-selection.ts';
import { whenReread } from '#lib/client/message-list/when-reread.ts';
import { hearBuild } from '#lib/client/updated.ts';

/** Mailboxes of which a frame came while their first window was still on its way. */
const missed = new Set<string>();

/** True once if facts about the mailbox went by while there was nothing to apply them to. */
export function takeMissed(mailbox: string): boolean {
  return missed.delete(mailbox);
}

/** Writes facts into the caches, all in one step, so that nothing is drawn in between. */
export function applyToCaches(client: QueryClient, frames: readonly Frame[]): void {
  notifyManager.batch(() => {
    for (const frame of frames) {
      for (const mailbox of mailboxesOf(frame.events)) applyToList(client, mailbox, frame);
      for (const event of frame.events) applyToOthers(client, event);
      applyToSearches(client, frame.events);
    }
  });
}

/** Facts for what searches found; what is gone is no longer selected there. */
function applyToSearches(client: QueryClient, events: readonly MailEvent[]): void {
  for (const [key, state] of client.getQueriesData<SearchState>({ queryKey: keys.searches })) {
    if (!state) continue;
    const next = applyToSearch(state, events);
    if (next === state) continue;
    client.setQueryData(key, next);
    if (next.order.length === state.order.length) continue;
    const [, mailbox, scope, sort, q] = key as ReturnType<typeof keys.search>; // No other key begins so.
    keepSelected(searchPlace(mailbox, { scope, sort, q }), next.order);
  }
}

function applyToList(client: QueryClient, mailbox: string, frame: Frame): void {
  const key = keys.list(mailbox);
  const state = client.getQueryData<ListState>(key);
  if (!state) {
    if (client.getQueryState(key)?.fetchStatus === 'fetching') missed.add(mailbox);
    return;
  }
  const next = applyFrame(state, frame.token, frame.events);
  if (next) client.setQueryData<ListState>(key, next);
  else void client.invalidateQueries({ queryKey: key });
}

function applyToOthers(client: QueryClient, event: MailEvent): void {
  switch (event.type) {
    case 'mailbox-counts':
      client.setQueryData<MailboxesData>(
        keys.mailboxes,
        (data) => data && withCounts(data, event.mailbox, event.counts),
      );
      return;
    case 'quota':
      client.setQueryData<MailboxesData>(keys.mailboxes, (data) => data && { ...data, quota: event.quota });
      return;
    case 'mailboxes-changed':
      void client.invalidateQueries({ queryKey: keys.mailboxes });
      return;
    case 'keywords-changed': {
      acts.set(observe(acts.get(), event, event.changes));
      const byUid = new Map(event.changes.map((change) => [change.uid, change]));
      client.setQueriesData<MessageDetail>({ queryKey: keys.messagesOf(event.mailbox) }, (detail) => {
        const change = detail?.ref.uidValidity === event.uidValidity ? byUid.get(detail.ref.uid) : undefined;
        if (!detail || !change || compareModseq(change.modseq, detail.modseq) <= 0) return detail;
        return { ...detail, modseq: change.modseq, keywords: change.keywords };
      });
      return;
    }
    case 'connection':
      connection.set({ state: event.state, reason: event.reason });
      if (event.reason === 'wrong-credentials') needRenewal('password');
      else if (event.state !== 'reconnecting') settleRenewal('password');
      return;
    case 'preferences':
      takePreferences(client, event.preferences);
      return;
    case 'reset':
      client.removeQueries({ queryKey: keys.messagesOf(event.mailbox), type: 'inactive' });
      return;
    case 'keywords-untold':
      void client.invalidateQueries({ queryKey: keys.messagesOf(event.mailbox) });
      return;
    case 'task-progress':
      if (!isEnded(event.task)) return hearTask(event.task, event.messages);
      // Else its rows would be drawn for a moment as they were.
      return whenReread(client, event.task.mailboxes, () => hearTask(event.task));
    case 'outbox-changed':
      client.setQueryData<OutgoingMessage[]>(keys.outbox, (known) => known && withOutgoing(known, event.message));
      return;
    case 'build':
      return hearBuild(event.build);
    case 'messages-gone':
      return deselectGone(event.mailbox, event.uids);
    case 'messages-arrived':
    case 'alert':
    case 'signed-out':
      return;
  }
}

/** What was sent whole or taken back is no longer in the outbox; what was refused stays until it was read. */
function withOutgoing(known: OutgoingMessage[], message: OutgoingMessage): OutgoingMessage[] {
  const others = known.filter(({ id }) => id !== message.id);
  const isOver = message.state === 'cancelled' || (message.state === 'sent' && message.refusals.length === 0);
  return isOver ? others : [...others, message].sort((a, b) => a.sendAt.localeCompare(b.sendAt));
}

/** Counts that are older than what the tree shows are an echo. */
function withCounts(data: MailboxesData, path: string, counts: MailboxCounts): MailboxesData {
  const mailboxes = data.mailboxes.map((mailbox) => {
    if (mailbox.path !== path) return mailbox;
    const known = mailbox.counts?.token ? parseSyncToken(mailbox.counts.token) : null;
    const told = counts.token ? parseSyncToken(counts.token) : null;
    const isOlder =
      known && told && known.uidValidity === told.uidValidity && compareModseq(told.modseq, known.modseq) < 0;
    return isOlder ? mailbox : { ...mailbox, counts };
  });
  return { ...data, mailboxes };
}

function mailboxesOf(events: readonly MailEvent[]): Set<string> {
  return new Set(events.flatMap((event) => ('mailbox' in event ? [event.mailbox] : [])));
}
