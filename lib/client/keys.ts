import type { MessageRef } from '#lib/mail/message.ts';
import type { MailSearch } from '#lib/client/search/mail-search.ts';

/** The query cache's keys, one place so that facts find what they concern. */
export const keys = {
  mailboxes: ['mailboxes'] as const,
  rights: (mailbox: string) => ['rights', mailbox] as const,
  list: (mailbox: string) => ['list', mailbox] as const,
  threads: (mailbox: string) => ['threads', mailbox] as const,
  conversation: (ref: MessageRef) => ['conversation', ref.mailbox, ref.uidValidity, ref.uid] as const,
  conversations: ['conversation'] as const,
  older: (ref: MessageRef) => ['older', ref.mailbox, ref.uidValidity, ref.uid] as const,
  allLists: ['list'] as const,
  message: (ref: MessageRef, section: string | null, body: string) =>
    ['message', ref.mailbox, ref.uidValidity, ref.uid, section ?? '', body] as const,
  firstMessage: (ref: MessageRef) => ['first-message', ref.mailbox, ref.uidValidity, ref.uid] as const,
  savedAt: (ref: MessageRef) => ['saved-at', ref.mailbox, ref.uidValidity, ref.uid] as const,
  messagesOf: (mailbox: string) => ['message', mailbox] as const,
  labels: (mailbox: string) => ['labels', mailbox] as const,
  preferences: ['preferences'] as const,
  sessions: ['sessions'] as const,
  search: (mailbox: string, { q, scope, sort }: MailSearch) => ['search', mailbox, scope, sort, q] as const,
  searches: ['search'] as const,
  change: ['change'] as const,
  blockingPlace: ['blocking-place'] as const,
  ownAddresses: ['own-addresses'] as const,
  identities: ['identities'] as const,
  templates: ['templates'] as const,
  sendingLimits: ['sending-limits'] as const,
  people: (typed: string) => ['people', typed] as const,
  outbox: ['outbox'] as const,
};
