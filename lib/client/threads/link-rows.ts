import type { MessageSummary } from '../../mail/message.ts';

/**
 * Which loaded rows answer which, by the ids they name: what is known at once, before the server has said which messages belong together.
 * Only `isNew` rows are looked at, as answers and as what is answered.
 */
export function linkRows(rows: Iterable<MessageSummary>, isNew: (uid: number) => boolean): [number, number][] {
  const byId = new Map<string, number>();
  const all = [...rows];
  for (const { messageId, uid } of all) if (messageId) byId.set(messageId, uid);
  const links: [number, number][] = [];
  for (const { uid, inReplyTo } of all) {
    if (!inReplyTo) continue;
    const answered = byId.get(inReplyTo);
    const other = answered ?? byId.get(`answered ${inReplyTo}`);
    // Two answers to one that is elsewhere belong together as well.
    byId.set(`answered ${inReplyTo}`, uid);
    if (other !== undefined && other !== uid && (isNew(uid) || isNew(other))) links.push([other, uid]);
  }
  return links;
}
