import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MailErrorValue } from '#lib/errors.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Quota } from '#lib/mail/quota.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { overlayTree } from './pending-tree.ts';
import { overlayMailboxes } from '#lib/client/acts/pending.ts';
import { usePendingMailboxChanges } from './use-mailbox-change.ts';
import { usePending } from '#lib/client/acts/use-pending.ts';

export interface MailboxesData {
  mailboxes: Mailbox[];
  quota: Quota | null;
}

const noMailboxes: Mailbox[] = [];

export function readMailboxes(signal?: AbortSignal): Promise<MailboxesData> {
  return fetchJson<MailboxesData>('/api/mailboxes', { signal });
}

/** The tree's data, names and counts as the person's own clicks already make them. */
export function useMailboxes() {
  const client = useQueryClient();
  const pending = usePending();
  const pendingTree = usePendingMailboxChanges();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.mailboxes,
    queryFn: ({ signal }) => readMailboxes(signal),
  });
  const mailboxes = useMemo(
    () =>
      overlayMailboxes(overlayTree(data?.mailboxes ?? noMailboxes, pendingTree), pending, (path) =>
        client.getQueryData<ListState>(keys.list(path)),
      ),
    [data, pendingTree, pending, client],
  );
  const failure: MailErrorValue | null = error && isMailError(error) ? toMailErrorValue(error) : null;
  return { mailboxes, quota: data?.quota ?? null, isPending, error: failure, retry: () => void refetch() };
}
