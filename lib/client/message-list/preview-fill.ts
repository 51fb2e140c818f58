import type { QueryClient } from '@tanstack/react-query';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { setPreviews } from './list-state.ts';
import type { ListState } from './list-state.ts';

const batch = 40;

/** Reads the first words of rows that are in sight and have none yet, a few at a time. Never throws: rows do without. */
export async function fillPreviews(
  client: QueryClient,
  mailbox: string,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < uids.length && !signal.aborted; start += batch) {
    const state = client.getQueryData<ListState>(keys.list(mailbox));
    const missing = uids.slice(start, start + batch).filter((uid) => state?.rows.get(uid)?.preview === null);
    if (!state || missing.length === 0) continue;
    const search = query({ mailbox, uidValidity: state.uidValidity, uids: missing.join(',') });
    try {
      const { previews } = await fetchJson<{ previews: Record<string, string> }>(`/api/messages/previews?${search}`, {
        signal,
      });
      client.setQueryData<ListState>(keys.list(mailbox), (now) => now && setPreviews(now, previews));
    } catch {
      return;
    }
  }
}
