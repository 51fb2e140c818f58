import type { Address } from '#lib/mail/address.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { UidRanges } from '#lib/mail/task.ts';
import { formatUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import type { IdSet } from './id-set.ts';
import type { MessageRef, MessageSummary } from '#lib/mail/message.ts';

/**
 * A row with its names. `id` tells the rows of one list apart: in a mailbox it is the UID, among search results of several
 * mailboxes a number of the list's own. `ref` names the message anywhere. The same object as long as nothing of it changes.
 */
export interface ListRow extends MessageSummary {
  id: number;
  ref: MessageRef;
  /** Of a row that stands for a conversation; the row is then its newest message, with the keywords of all. */
  thread?: RowThread;
}

/** What a row tells of the conversation it stands for. */
export interface RowThread {
  /** All its messages in this mailbox, ascending; two or more. */
  uids: Uint32Array;
  /** Who wrote them, the first first, each once, as far as they are loaded. */
  people: readonly Address[];
}

/** What list, rows, keys and commands need of a source of messages: a mailbox or a search's results. */
export interface MessageList {
  status: 'pending' | 'ready' | 'error';
  error: MailErrorValue | null;
  retry(): void;
  /** How many rows there are. */
  messages: number;
  /** Whether rows stand for conversations. */
  isThreaded: boolean;
  /** All messages in the mailbox, or all that a search found. */
  total: number;
  /** 1 is the newest; undefined while it is not loaded. Pending changes are laid over it. */
  rowAt(rowIndex: number): ListRow | undefined;
  /** The row index of a message, null where it is not loaded. */
  indexOf(id: number): number | null;
  /** The same for what was a row of this list, also before its mailbox was made again. */
  placeOf(row: Pick<ListRow, 'id' | 'ref'>): number | null;
  /** The message an id names, loaded or not; null for an id the list never gave. */
  refOf(id: number): MessageRef | null;
  /** The ids of all messages that a row stands for, by the id of any of them, ascending. */
  idsOf(id: number): readonly number[];
  /** Null: all is known that belongs to these. Else more of their conversations may be in the mailbox, with UIDs below this one. */
  restBelow(ids: IdSet): number | null;
  /** A message by its id where it is loaded, also one that has no row of its own. */
  messageOf(id: number): ListRow | undefined;
  /** The ids of the messages of a stretch of rows, both included, as ranges: also of rows that are not loaded. Throws a MailError. */
  idsBetween(firstRowIndex: number, lastRowIndex: number): Promise<UidSet>;
  /** The messages that ids name, mailbox by mailbox. */
  rangesOf(ids: IdSet): UidRanges[];
  /** All loaded rows, newest first. */
  loaded(): ListRow[];
  /** The loaded messages among these. */
  loadedOf(ids: IdSet): ListRow[];
  /** Reads anew what is in sight; answers how many messages had been held otherwise than the server has them. */
  resync(): Promise<number>;
  /** Tells which rows are in sight, so that they and their previews are read. */
  show(firstRowIndex: number, lastRowIndex: number): void;
}

/** What opening the row of a message opens: the message, or its conversation by the newest of it. */
export function rowRefOf(list: MessageList, id: number): MessageRef | null {
  const index = list.indexOf(id);
  return (index === null ? undefined : list.rowAt(index)?.ref) ?? list.refOf(id);
}

/** By summary, so that a row that did not change is not drawn again. */
const rows = new WeakMap<MessageSummary, ListRow>();

export function toListRow(summary: MessageSummary, id: number, ref: MessageRef): ListRow {
  const known = rows.get(summary);
  if (known?.id === id && known.ref.uidValidity === ref.uidValidity && known.ref.mailbox === ref.mailbox) return known;
  const row = { ...summary, id, ref };
  rows.set(summary, row);
  return row;
}

/** Messages named one by one, as ranges of UIDs. */
export function toUidRanges(messages: readonly MessageRef[]): UidRanges[] {
  const groups = Map.groupBy(messages, ({ mailbox, uidValidity }) => `${uidValidity}:${mailbox}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { mailbox, uidValidity } = first;
    return [{ mailbox, uidValidity, uids: formatUidSet(toUidSet(group.map(({ uid }) => uid))) }];
  });
}
