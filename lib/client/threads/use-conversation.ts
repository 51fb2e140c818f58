import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Conversation } from '#lib/mail/conversation.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import { layRows } from '#lib/client/message-list/list-state.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { overlayMessage } from '#lib/client/acts/pending.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePending } from '#lib/client/acts/use-pending.ts';
import { fillConversation } from './fill-conversation.ts';
import { assembleConversation } from './assemble-conversation.ts';
import type { ConversationMessage } from './assemble-conversation.ts';
import { joinTold } from './thread-state.ts';
import type { ThreadState } from './thread-state.ts';
import { useOlder } from './use-older.ts';

/** Changes within so long are looked at together. Milliseconds. */
const quietMs = 250;
/** Rows laid into the list beside its own. */
const mostRows = 4_000;

/**
 * An opened conversation, oldest to newest: what the list knows of it at once, what lies elsewhere a moment later. It
 * stays true: the list's part by the feed, the rest is looked for again when one of the other mailboxes moved.
 */
export function useConversation(
  opened: MessageRef,
  list: MessageList,
): { messages: ConversationMessage[]; looked: boolean; isWhole: boolean } {
  const client = useQueryClient();
  const pending = usePending();
  const { mailboxes } = useMailboxes();
  const { data, error, isFetching } = useQuery<Conversation>({
    queryKey: keys.conversation(opened),
    queryFn: ({ signal }) => fetchJson<Conversation>(`/api/threads/conversation?${query(opened)}`, { signal }),
    gcTime: 60_000,
  });

  const here = data?.places[0];
  useEffect(() => {
    if (!here) return;
    client.setQueryData<ListState>(keys.list(here.mailbox), (state) =>
      state?.uidValidity === here.uidValidity ? layRows(state, here.rows, new Set(), mostRows) : state,
    );
    client.setQueryData<ThreadState>(keys.threads(here.mailbox), (state) =>
      state?.uidValidity === here.uidValidity
        ? joinTold(
            state,
            here.rows.map(({ uid }) => uid),
          )
        : state,
    );
  }, [client, here]);

  const older = useOlder(opened, data?.mayBeOlder === true);

  const isThere = data !== undefined;
  const told = useRef<{ data: Conversation | undefined; opened: MessageRef }>({ data, opened });
  useEffect(() => {
    told.current = { data, opened };
  });
  useEffect(() => {
    const { data: found, opened: by } = told.current;
    if (!isThere || isFetching || !found) return;
    const stop = new AbortController();
    void fillConversation(client, by, found, stop.signal);
    return () => stop.abort();
  }, [client, isThere, isFetching]);

  const states = (data?.looked ?? []).map((path) => {
    const counts = mailboxes.find((one) => one.path === path)?.counts;
    return counts ? `${counts.uidNext} ${counts.messages} ${counts.token}` : '';
  });
  const state = data ? [list.idsOf(opened.uid).length, ...states].join(';') : null;
  const lookedAt = useRef<string | null>(null);
  const again = useRef<{ timer?: ReturnType<typeof setTimeout>; run: () => void }>({ run: () => {} });
  useEffect(() => {
    again.current.run = () => void client.invalidateQueries({ queryKey: keys.conversation(opened) });
  });
  useEffect(() => {
    if (state === null) return;
    const isMoved = lookedAt.current !== null && lookedAt.current !== state;
    lookedAt.current = state;
    if (!isMoved) return;
    clearTimeout(again.current.timer);
    again.current.timer = setTimeout(() => again.current.run(), quietMs);
  }, [state]);
  useEffect(() => {
    const { current } = again;
    return () => clearTimeout(current.timer);
  }, []);

  const messages = useMemo(() => {
    // What the server told and the list does not hold yet; what is gone from the list is gone.
    const told = (here?.rows ?? []).map(({ uid }) => uid).filter((uid) => list.indexOf(uid) !== null);
    const known = [...new Set([...list.idsOf(opened.uid), ...told])].flatMap((uid) => list.messageOf(uid) ?? []);
    const assembled = assembleConversation(known.map(toMessage), [...(data?.places ?? []), ...older.places]);
    return assembled.map((message) => (message.isHere ? message : overlayMessage(message, message.ref, pending)));
  }, [data, older.places, here, opened.uid, list, pending]);
  const isWhole = (data?.isWhole ?? true) && older.isWhole;
  return { messages, looked: data !== undefined || error !== null, isWhole };
}

function toMessage(row: ListRow): ConversationMessage {
  return { ...row, isHere: true };
}
