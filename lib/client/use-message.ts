import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { MailErrorValue } from '#lib/errors.ts';
import { isMailError, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { fetchJson, query } from './fetch-json.ts';
import { keys } from './keys.ts';
import { rememberExit } from './known-exits.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { overlayMessage } from '#lib/client/acts/pending.ts';
import { usePending } from '#lib/client/acts/use-pending.ts';

export type BodyPreference = 'html' | 'plain';

function messageQuery(ref: MessageRef, section: string | null, body: BodyPreference) {
  return {
    queryKey: keys.message(ref, section, body),
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const search = query({ mailbox: ref.mailbox, uidValidity: ref.uidValidity, section, body });
      return fetchJson<MessageDetail>(`/api/messages/${ref.uid}?${search}`, { signal });
    },
    // What a UID names never changes (RFC 9051 section 2.3.1.1); its keywords come by the list and the feed.
    staleTime: Infinity,
    gcTime: 10 * 60_000,
  };
}

/** An opened message, or one nested in it. Keywords are as fresh as the list's, with the person's own changes over them. */
export function useMessage(ref: MessageRef | null, body: BodyPreference, section: string | null = null) {
  const client = useQueryClient();
  const pending = usePending();
  const idle = { queryKey: ['message', 'none'], queryFn: () => Promise.reject(new MailError('message-missing')) };
  const { data, error, isPending, refetch } = useQuery<MessageDetail>(
    ref ? messageQuery(ref, section, body) : { ...idle, enabled: false },
  );
  const list = useQuery<ListState>({ queryKey: keys.list(ref?.mailbox ?? ''), enabled: false }, client).data;
  const row = ref ? list?.rows.get(ref.uid) : undefined;
  const message = useMemo(() => {
    if (!data || !ref) return null;
    const isFresher = row && row.modseq !== '0' && compareModseq(row.modseq, data.modseq) > 0;
    const confirmed = isFresher ? { ...data, modseq: row.modseq, keywords: row.keywords } : data;
    return overlayMessage(confirmed, ref, pending);
  }, [data, ref, row, pending]);
  useEffect(() => {
    if (data && data.section === null) rememberExit(data.ref, data.exit !== null);
  }, [data]);
  const failure: MailErrorValue | null = error && isMailError(error) ? toMailErrorValue(error) : null;
  return { message, isPending: ref !== null && isPending, error: failure, retry: () => void refetch() };
}

/** A message with its formatting, from the cache where it was read already. Throws a MailError. */
export function readMessage(client: QueryClient, ref: MessageRef): Promise<MessageDetail> {
  return client.query({ ...messageQuery(ref, null, 'html'), staleTime: 'static' });
}

/** Reads a message the person is likely to open next; does nothing when it is there, or when data is being saved. */
export function prefetchMessage(client: QueryClient, ref: MessageRef, body: BodyPreference): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }; // Not in every browser.
  if (connection?.saveData) return;
  client.query(messageQuery(ref, null, body)).catch(() => {}); // Opening it says what is wrong.
}
