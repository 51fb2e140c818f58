import { MessagesSquare, Rows3 } from 'lucide-react';
import type { Command } from './command.ts';
import { possible } from './reasons.ts';

/** The mailbox as conversations. */
export const showConversations: Command = {
  id: 'show-conversations',
  group: 'app',
  icon: MessagesSquare,
  keys: [],
  isShown: ({ conversations: { canBe, isOn } }) => canBe && !isOn,
  whyNot: possible,
  run: ({ conversations }) => conversations.set(true),
};

/** Each message by itself again. */
export const showMessages: Command = {
  id: 'show-messages',
  group: 'app',
  icon: Rows3,
  keys: [],
  isShown: ({ conversations: { canBe, isOn } }) => canBe && isOn,
  whyNot: possible,
  run: ({ conversations }) => conversations.set(false),
};
