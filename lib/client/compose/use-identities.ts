import { useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Identities } from '#lib/mail/identity.ts';
import type { SendingLimits } from '#lib/mail/outgoing.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';

const identitiesQuery = {
  queryKey: keys.identities,
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchJson<Identities>('/api/identities', { signal }),
};

const limitsQuery = {
  queryKey: keys.sendingLimits,
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchJson<SendingLimits>('/api/send', { signal }),
};

/** The addresses the person may write from; null until they are there. */
export function useIdentities(): Identities | null {
  return useQuery(identitiesQuery).data ?? null;
}

export function readIdentities(client: QueryClient): Promise<Identities> {
  return client.query({ ...identitiesQuery, staleTime: 'static' });
}

/** What may be sent, known before a file is chosen; null until it is. */
export function useSendingLimits(): SendingLimits | null {
  return useQuery(limitsQuery).data ?? null;
}
