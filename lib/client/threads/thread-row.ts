import type { Address } from '#lib/mail/address.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';

/** By the newest message's row, so that a row of which nothing changed is not drawn again. */
const known = new WeakMap<ListRow, { uids: Uint32Array; members: readonly ListRow[]; row: ListRow }>();

/**
 * The row of a conversation: its newest message with what is true of all. `members` are those that are loaded, oldest first, the
 * newest among them; `uids` are all.
 */
export function toThreadRow(newest: ListRow, uids: Uint32Array, members: readonly ListRow[]): ListRow {
  const before = known.get(newest);
  const isSame =
    before?.uids.length === uids.length &&
    before.uids.every((uid, index) => uid === uids[index]) &&
    before.members.length === members.length &&
    before.members.every((member, index) => member === members[index]);
  if (isSame) return before.row;
  const row: ListRow = {
    ...newest,
    id: uids[0] ?? newest.id,
    keywords: keywordsOf(newest, members),
    hasAttachment: members.some(({ hasAttachment }) => hasAttachment),
    thread: { uids, people: peopleOf(members) },
  };
  known.set(newest, { uids, members, row });
  return row;
}

/** Read when all are; what else any of them has, all have. Whether it was answered, and whether it is to be deleted, the newest says. */
function keywordsOf(newest: ListRow, members: readonly ListRow[]): Keyword[] {
  const ofNewest = new Set(['$answered', '$forwarded', '$Forwarded', '$deleted', '$draft', '$seen']);
  const keywords = new Set<Keyword>(newest.keywords);
  keywords.delete('$seen');
  for (const member of members) for (const one of member.keywords) if (!ofNewest.has(one)) keywords.add(one);
  if (members.every((member) => member.keywords.includes('$seen'))) keywords.add('$seen');
  return [...keywords];
}

function peopleOf(members: readonly ListRow[]): Address[] {
  const people = new Map<string, Address>();
  for (const { from } of members) {
    const [first] = from;
    if (first && !people.has(first.address.toLowerCase())) people.set(first.address.toLowerCase(), first);
  }
  return [...people.values()];
}
