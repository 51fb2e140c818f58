import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Conversation, ConversationPlace } from '#lib/mail/conversation.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { fillPreviews } from '#lib/client/message-list/preview-fill.ts';

/** Of one mailbox, the newest. */
const most = 40;

/** Reads the first words of a conversation's messages, for those that are folded to a line. Never throws: lines do without. */
export async function fillConversation(
  client: QueryClient,
  opened: MessageRef,
  { places: [here, ...elsewhere] }: Conversation,
  signal: AbortSignal,
): Promise<void> {
  if (here) await fillPreviews(client, here.mailbox, uidsOf(here), signal);
  await fillPlaces(client, keys.conversation(opened), elsewhere, signal);
}

/** The same of places that stand in the cache under a key of their own. */
export async function fillPlaces(
  client: QueryClient,
  key: QueryKey,
  elsewhere: readonly ConversationPlace[],
  signal: AbortSignal,
): Promise<void> {
  for (const place of elsewhere) {
    const uids = uidsOf(place);
    if (uids.length === 0 || signal.aborted) continue;
    const { mailbox, uidValidity } = place;
    const search = query({ mailbox, uidValidity, uids: uids.join(',') });
    const address = `/api/messages/previews?${search}`;
    const read = await fetchJson<{ previews: Record<string, string> }>(address, { signal }).catch(() => null);
    if (!read) return;
    client.setQueryData<Pick<Conversation, 'places'>>(key, (now) => now && withPreviews(now, place, read.previews));
  }
}

function uidsOf({ rows }: ConversationPlace): number[] {
  return rows
    .slice(-most)
    .filter(({ preview }) => preview === null)
    .map(({ uid }) => uid);
}

function withPreviews<T extends Pick<Conversation, 'places'>>(
  conversation: T,
  { mailbox, uidValidity }: ConversationPlace,
  previews: Record<string, string>,
): T {
  const places = conversation.places.map((place) => {
    if (place.mailbox !== mailbox || place.uidValidity !== uidValidity) return place;
    return { ...place, rows: place.rows.map((row) => ({ ...row, preview: row.preview ?? previews[row.uid] ?? '' })) };
  });
  return { ...conversation, places };
}
