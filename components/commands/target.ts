import type { IdSet } from '#lib/client/id-set.ts';
import { toUidRanges } from '#lib/client/message-list.ts';
import type { MessageList } from '#lib/client/message-list.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Target, TargetMessage } from './command.ts';

/** Rows of a list by their ids. */
export function targetOf(list: MessageList, ids: IdSet): Target {
  let messages: MessageRef[] | null = null;
  let rows: TargetMessage[] | null = null;
  const refs = () => (messages ??= [...ids].flatMap((id) => list.refOf(id) ?? []));
  return {
    count: ids.size,
    get mailbox() {
      const [first] = ids;
      return (first !== undefined && list.refOf(first)?.mailbox) || null;
    },
    get messages() {
      return refs();
    },
    get rows() {
      return (rows ??= loadedRows(list, ids));
    },
    ranges: () => list.rangesOf(ids),
  };
}

/** Messages that are named one by one. */
export function targetOfRows(rows: readonly TargetMessage[]): Target {
  const messages = rows.map(({ ref }) => ref);
  return {
    count: rows.length,
    mailbox: messages[0]?.mailbox ?? null,
    messages,
    rows,
    ranges: () => toUidRanges(messages),
  };
}

function loadedRows(list: MessageList, ids: IdSet): TargetMessage[] {
  const [single] = ids;
  if (ids.size > 1 || single === undefined) return list.loaded().filter(({ id }) => ids.has(id));
  const index = list.indexOf(single);
  const row = index === null ? undefined : list.rowAt(index);
  return row ? [row] : [];
}
