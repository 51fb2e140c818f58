import { useMemo, useRef, useEffect } from 'react';
import { maxConversationMailboxes } from '#lib/mail/default-preferences.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

/** The switch of a mailbox between single messages and conversations. */
export interface Conversations {
  isOn: boolean;
  /** False where there is nothing to fold: among search results, and among drafts. */
  canBe: boolean;
  set(isOn: boolean): void;
}

/** How the person wants a mailbox to be shown; kept in the account, the same on every device. */
export function useConversations(mailbox: string, isSearch: boolean): Conversations {
  const { preferences, set } = usePreferences();
  const { mailboxes } = useMailboxes();
  const canBe = !isSearch && mailboxes.find(({ path }) => path === mailbox)?.role !== 'drafts';
  const { conversations } = preferences;
  const latest = useRef({ conversations, set });
  useEffect(() => {
    latest.current = { conversations, set };
  });
  const isOn = canBe && conversations.includes(mailbox);
  return useMemo(
    () => ({
      isOn,
      canBe,
      set(wanted) {
        const others = latest.current.conversations.filter((path) => path !== mailbox);
        const chosen = wanted ? [...others, mailbox] : others;
        void latest.current.set({ conversations: chosen.slice(-maxConversationMailboxes) });
      },
    }),
    [isOn, canBe, mailbox],
  );
}
