import { useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { MailError } from '#lib/errors.ts';
import type { DraftContent, OpenedDraft, SaveDraftAnswer } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Template } from '#lib/mail/template.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';

const templatesQuery = {
  queryKey: keys.templates,
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await fetchJson<{ templates: Template[] }>('/api/templates', { signal })).templates,
  // Another program may have made one: looked at anew whenever they are wanted, and what is known is shown meanwhile.
  staleTime: 0,
};

/** Messages to begin with. `isFetched`: it is known that there are none. Throws a MailError. */
export function useTemplates() {
  return useQuery(templatesQuery);
}

/** Throws a MailError. */
export async function openTemplate({ mailbox, uidValidity, uid }: MessageRef): Promise<OpenedDraft> {
  return fetchJson<OpenedDraft>(`/api/drafts?${query({ mailbox, uidValidity, uid })}`);
}

/**
 * Saves one; `before` is what it takes the place of. Throws a MailError, `rate-limited` never, `mailbox-changed` when
 * it was changed elsewhere.
 */
export async function saveTemplate(
  client: QueryClient,
  content: DraftContent,
  before: Pick<OpenedDraft, 'id' | 'version'> | null,
): Promise<void> {
  const id = before?.id ?? crypto.randomUUID();
  const body = { id, writer: crypto.randomUUID(), base: before?.version ?? null, content };
  const answer = await fetchJson<SaveDraftAnswer>('/api/templates', { body });
  await client.invalidateQueries({ queryKey: keys.templates });
  if (!answer.saved) throw new MailError('mailbox-changed');
}

/** Moves one to Trash. Throws a MailError. */
export async function discardTemplate(client: QueryClient, ref: MessageRef): Promise<void> {
  await fetchJson('/api/templates/discard', { body: ref });
  await client.invalidateQueries({ queryKey: keys.templates });
}

/** Of a message what its next ones have in common: everything but whom it went to and what it answered. */
export function toTemplate(content: DraftContent, name: string): DraftContent {
  return { ...content, to: [], cc: [], bcc: [], subject: name, inReplyTo: null, references: [], related: [] };
}
