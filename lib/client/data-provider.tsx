'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isMailError } from '#lib/errors.ts';
import type { MessageWindow } from '#lib/mail/message.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { keys } from './keys.ts';
import { fromWindow } from '#lib/client/message-list/list-state.ts';
import { needRenewal } from '#lib/client/session/renewal.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import type { MailboxesData } from '#lib/client/mailbox/use-mailboxes.ts';

/** What the server read for the first screen. */
export interface InitialData {
  preferences: Preferences;
  window?: MessageWindow | null;
  mailboxes?: MailboxesData | null;
  /** In lower case. */
  ownAddresses?: string[];
}

/** Holds confirmed truth for the browser; starts with what the page was made of, so that rows stand in its first HTML. */
export function DataProvider({ initial, children }: { initial: InitialData; children: ReactNode }) {
  const [client] = useState(() => makeClient(initial));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function makeClient({ preferences, window, mailboxes, ownAddresses }: InitialData): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // The change feed tells when something is no longer true; asking again on a hunch would only cost.
        staleTime: Infinity,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => isMailError(error) && error.retryable && failures < 3,
        retryDelay: (failures) => Math.min(8_000, 600 * 2 ** failures),
      },
    },
  });
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return;
    const error: unknown = event.action.error;
    if (isMailError(error) && isSessionOver(error.code)) void sessionOver(error.code);
    if (isMailError(error) && error.code === 'wrong-credentials') needRenewal('password');
  });
  client.setQueryData(keys.preferences, preferences);
  if (ownAddresses) client.setQueryData(keys.ownAddresses, ownAddresses);
  if (window) client.setQueryData(keys.list(window.mailbox), fromWindow(window));
  if (mailboxes) client.setQueryData(keys.mailboxes, mailboxes);
  return client;
}
