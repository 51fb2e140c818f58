import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { conversationKey } from '#lib/client/threads/assemble-conversation.ts';
import type { ConversationMessage } from '#lib/client/threads/assemble-conversation.ts';
import { reading } from '#lib/client/threads/reading.ts';
import type { MessageRef } from '#lib/mail/message.ts';

interface Open {
  opened: MessageRef;
  /** The message that is meant at first; null: the newest. */
  start: string | null;
  /** The message that was brought into view at first: until another is gone to, steps begin there. */
  placed: RefObject<string | null>;
  messages: readonly ConversationMessage[];
  elsewhere: number;
  list: RefObject<HTMLElement | null>;
  unfold: (key: string) => void;
}

/** Tells commands which message of the open conversation is meant, and walks through it. Answers what tells that a message was gone to. */
export function useReading({ opened, start, placed, messages, elsewhere, list, unfold }: Open): (key: string) => void {
  const [reached, setReached] = useState(start);
  const last = messages.at(-1);
  const current = messages.find(({ ref }) => conversationKey(ref) === reached) ?? last;
  const latest = useRef({ messages, current, reached, unfold });
  useEffect(() => {
    latest.current = { messages, current, reached, unfold };
  });

  const step = useCallback(
    (by: 1 | -1) => {
      const now = latest.current;
      const stood = now.messages.findIndex(({ ref }) => conversationKey(ref) === (now.reached ?? placed.current));
      const from = stood < 0 ? now.messages.findIndex(({ ref }) => ref === now.current?.ref) : stood;
      const next = now.messages[Math.min(Math.max(0, from + by), now.messages.length - 1)];
      if (!next) return;
      const key = conversationKey(next.ref);
      setReached(key);
      now.unfold(key);
      const item = list.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`);
      item?.focus({ preventScroll: true });
      item?.scrollIntoView({ block: 'start' });
    },
    [list, placed],
  );

  const { mailbox, uidValidity, uid } = opened;
  useEffect(() => {
    if (!current) return;
    const { ref, keywords, from } = current;
    reading.set({ opened: { mailbox, uidValidity, uid }, current: { ref, keywords, from }, elsewhere, step });
  }, [mailbox, uidValidity, uid, current, elsewhere, step]);
  useEffect(() => () => reading.set(null), []);
  return setReached;
}
