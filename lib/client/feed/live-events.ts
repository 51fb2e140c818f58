import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isMailError } from '#lib/errors.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import { forgetActs } from '#lib/client/acts/act-storage.ts';
import { applyOrHold } from '#lib/client/acts/held-frames.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { tellAttention } from './attention.ts';
import { connection } from './connection.ts';
import { openEventStream } from './event-stream.ts';
import { leadAmongTabs, openTabChannel } from './feed-channel.ts';
import { accountOfPage, fetchJson, query } from '#lib/client/fetch-json.ts';
import { applyToCaches } from './frames.ts';
import type { Frame } from './to-frames.ts';
import { keys } from '#lib/client/keys.ts';
import { pullChanges } from '#lib/client/message-list/list-loader.ts';
import { parseMailPath } from '#lib/client/mail-path.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { announceNewMail } from './new-mail.ts';
import { onRenewed } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { leaveForSignIn } from '#lib/client/session/sign-out.ts';
import { mailboxesWithResults } from '#lib/client/search/search-state.ts';
import type { SearchState } from '#lib/client/search/search-state.ts';
import { readMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';

/** The feed takes no more than twenty. */
const maxPoints = 12;

/**
 * Keeps the caches true while the page stands: one stream for all tabs of the browser, facts applied to the caches of each.
 * Mounted once.
 */
export function useLiveEvents(): void {
  const client = useQueryClient();
  useEffect(() => startLiveEvents(client), [client]);
  useEffect(tellAttention, []);
}

function startLiveEvents(client: QueryClient): () => void {
  let isLeader = false;
  const tabs = openTabChannel((message) => {
    switch (message.type) {
      case 'frame':
        return apply(client, message.token, message.data, false);
      case 'opened':
        return void catchUp(client);
      case 'lost':
        return connection.set({ state: 'reconnecting', reason: null });
      case 'hello':
        // A new tab does not know how we are connected.
        if (isLeader) tabs.post(connectionFrame());
        return;
    }
  }, accountOfPage());
  const leave = leadAmongTabs(accountOfPage(), () => {
    isLeader = true;
    const open = () =>
      openEventStream({
        address: () => `/api/events?${feedQuery(client)}`,
        onFrame(token, data) {
          apply(client, token, data, true);
          tabs.post({ type: 'frame', token, data });
        },
        onOpen: () => tabs.post({ type: 'opened' }),
        onLost() {
          connection.set({ state: 'reconnecting', reason: null });
          tabs.post({ type: 'lost' });
          if (navigator.onLine) void checkSession();
        },
      });
    let close = open();
    // Another session's stream is another one.
    const forget = onRenewed(() => {
      close();
      close = open();
    });
    return () => {
      isLeader = false;
      forget();
      close();
    };
  });
  tabs.post({ type: 'hello' });
  return () => {
    leave();
    tabs.close();
  };
}

function connectionFrame() {
  const { state, reason } = connection.get();
  const events: MailEvent[] = [{ type: 'connection', state, reason }];
  return { type: 'frame', token: null, data: JSON.stringify(events) } as const;
}

function apply(client: QueryClient, token: string | null, data: string, isLeader: boolean): void {
  const events = JSON.parse(data) as MailEvent[]; // Our own server's words, built from the same types.
  const end = events.find((event) => event.type === 'signed-out');
  if (end?.why === 'lapsed') return void sessionOver('not-signed-in');
  if (end) {
    forgetActs();
    return leaveForSignIn();
  }
  applyOrHold(events, () => applyToCaches(client, [{ token, events }]));
  if (isLeader) announceNewMail(client, events);
}

/**
 * Whose page this is, what is on its screen and the state it is held at; everything else is brought up to date when it is looked at.
 */
function feedQuery(client: QueryClient): string {
  const points = shownMailboxes(client).map(({ mailbox, token, uidNext }) => query({ mailbox, since: token, uidNext }));
  return [query({ account: accountOfPage() }), ...points.slice(0, maxPoints)].join('&');
}

/** The open mailbox, and those that hold the search results that are looked at. */
function shownMailboxes(client: QueryClient): { mailbox: string; token: SyncToken; uidNext: number }[] {
  const { mailbox, search } = parseMailPath(window.location.pathname + window.location.search);
  const list = mailbox ? client.getQueryData<ListState>(keys.list(mailbox)) : undefined;
  const found = mailbox && search ? client.getQueryData<SearchState>(keys.search(mailbox, search)) : undefined;
  const listed = list?.token ? [{ mailbox: list.mailbox, token: list.token, uidNext: list.uidNext }] : [];
  const withResults = found ? mailboxesWithResults(found) : new Set<string>();
  const searched = [...(found?.mailboxes ?? [])].flatMap(([path, { token, heardUidNext }]) =>
    token && path !== list?.mailbox && withResults.has(path) ? [{ mailbox: path, token, uidNext: heardUidNext }] : [],
  );
  return [...listed, ...searched];
}

async function catchUp(client: QueryClient): Promise<void> {
  const { mailbox } = parseMailPath(window.location.pathname);
  try {
    if (mailbox) await pullChanges(client, mailbox);
    for (const { mailbox: path, token, uidNext } of shownMailboxes(client).slice(0, maxPoints)) {
      if (path === mailbox) continue;
      const address = `/api/messages/changes?${query({ mailbox: path, since: token, uidNext })}`;
      applyToCaches(client, [await fetchJson<Frame>(address)]);
    }
    client.setQueryData(keys.mailboxes, await readMailboxes());
  } catch {
    // The next frame or the next look brings it.
  }
}

/** A stream that ends tells no reason; one plain read does. */
async function checkSession(): Promise<void> {
  try {
    await fetchJson('/api/session');
  } catch (error) {
    if (isMailError(error) && isSessionOver(error.code)) void sessionOver(error.code);
  }
}
