import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Person } from '#lib/mail/person.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';

const none: readonly Person[] = [];

/** People written to or received from whose name or address has what was typed, best first. */
export function usePeople(typed: string): readonly Person[] {
  const wanted = typed.trim().slice(0, 100);
  const { data } = useQuery({
    queryKey: keys.people(wanted.toLowerCase()),
    queryFn: ({ signal }) => fetchJson<{ people: Person[] }>('/api/people', { signal, body: { q: wanted } }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return wanted ? (data?.people ?? none) : none;
}
