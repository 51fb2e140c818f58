import { idSetOf } from '#lib/client/message-list/id-set.ts';
import type { IdSet } from '#lib/client/message-list/id-set.ts';
import { toUidRanges } from '#lib/client/message-list/message-list.ts';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { atOnce } from './at-once.ts';
import type { Target, TargetMessage } from './command.ts';

/** Rows of a list by their ids. */
export function targetOf(list: MessageList, ids: IdSet): Target {
  let messages: MessageRef[] | null = null;
  let rows: TargetMessage[] | null = null;
  let places: string[] | null = null;
  const refs = () => (messages ??= [...ids].flatMap((id) => list.refOf(id) ?? []));
  return {
    count: ids.size,
    get mailbox() {
      const [first] = ids;
      return (first !== undefined && list.refOf(first)?.mailbox) || null;
    },
    get mailboxes() {
      return (places ??= placesOf(ids.size > atOnce ? list.rangesOf(ids) : refs()));
    },
    get messages() {
      return refs();
    },
    get rows() {
      return (rows ??= list.loadedOf(ids));
    },
    get restBelow() {
      return list.restBelow(ids);
    },
    ranges: () => list.rangesOf(ids),
  };
}

/** All messages that rows stand for. */
export function targetOfListRows(list: MessageList, rows: readonly ListRow[]): Target {
  const isSingle = rows.every(({ thread }) => thread === undefined);
  const ids = idSetOf(rows.flatMap(({ id }) => list.idsOf(id)));
  return isSingle ? { ...targetOfRows(rows), restBelow: list.restBelow(ids) } : targetOf(list, ids);
}

/** Messages that are named one by one. */
export function targetOfRows(rows: readonly TargetMessage[]): Target {
  const messages = rows.map(({ ref }) => ref);
  return {
    count: rows.length,
    mailbox: messages[0]?.mailbox ?? null,
    mailboxes: placesOf(messages),
    messages,
    rows,
    restBelow: null,
    ranges: () => toUidRanges(messages),
  };
}

function placesOf(messages: readonly { mailbox: string }[]): string[] {
  return [...new Set(messages.map(({ mailbox }) => mailbox))];
}
