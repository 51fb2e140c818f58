import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ConversationPlace, OlderMessages } from '#lib/mail/conversation.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { fillPlaces } from './fill-conversation.ts';

const nowhere: readonly ConversationPlace[] = [];

/**
 * What belongs to an opened conversation, lies elsewhere and is much older, once it is known that there may be such: `isWanted`. Asked for
 * once: what is so old comes to no mailbox any more. `isWhole` is false where not all could be looked through.
 */
export function useOlder(
  opened: MessageRef,
  isWanted: boolean,
): { places: readonly ConversationPlace[]; isWhole: boolean } {
  const client = useQueryClient();
  const { data, error } = useQuery<OlderMessages>({
    queryKey: keys.older(opened),
    queryFn: ({ signal }) =>
      fetchJson<OlderMessages>(`/api/threads/conversation?${query({ ...opened, older: 'true' })}`, { signal }),
    enabled: isWanted,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const told = useRef({ data, opened });
  useEffect(() => {
    told.current = { data, opened };
  });
  const isThere = data !== undefined;
  useEffect(() => {
    const { data: found, opened: by } = told.current;
    if (!isThere || !found) return;
    const stop = new AbortController();
    void fillPlaces(client, keys.older(by), found.places, stop.signal);
    return () => stop.abort();
  }, [client, isThere]);
  return { places: data?.places ?? nowhere, isWhole: (data?.isWhole ?? true) && error === null };
}
