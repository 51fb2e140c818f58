import { useQuery } from '@tanstack/react-query';
import type { OutboxAction, OutgoingMessage } from '#lib/mail/outgoing.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';

/** Messages on their way out, soonest first. Throws a MailError. */
export function useOutbox() {
  return useQuery({
    queryKey: keys.outbox,
    queryFn: async ({ signal }) =>
      (await fetchJson<{ messages: OutgoingMessage[] }>('/api/outbox', { signal })).messages,
  });
}

/** Undo, send now, another time, or seen. Answers the message as it is then. Throws a MailError, `too-late` once it is on its way. */
export async function actOnOutgoing(id: string, action: OutboxAction): Promise<OutgoingMessage> {
  return (await fetchJson<{ message: OutgoingMessage }>(`/api/outbox/${id}`, { body: action })).message;
}
