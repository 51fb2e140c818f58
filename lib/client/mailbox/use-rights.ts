import { useQuery } from '@tanstack/react-query';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';

/** Milliseconds after which whoever shares a mailbox may have thought otherwise. */
const freshFor = 60_000;

/**
 * What may be done in the open mailbox where it is somebody else's, in letters of RFC 4314 section 2.1; null: all of
 * it, or nobody said.
 */
export function useRights(mailbox: Mailbox | undefined): string | null {
  const path = mailbox?.path ?? '';
  const isAsked = mailbox?.isShared === true && mailbox.selectable;
  const { data } = useQuery({
    queryKey: keys.rights(path),
    queryFn: ({ signal }) =>
      fetchJson<{ rights: string | null }>(`/api/mailboxes/rights?${query({ mailbox: path })}`, { signal }),
    enabled: isAsked,
    staleTime: freshFor,
    retry: false, // The server refuses what is not allowed, known before or not.
  });
  return isAsked ? (data?.rights ?? null) : null;
}
