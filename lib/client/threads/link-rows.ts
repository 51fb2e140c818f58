import type { MessageSummary } from '#lib/mail/message.ts';

/**
 * Which loaded rows answer which, by the ids they name: what is known at once, before the server has said which messages belong together.
 * Only `isNew` rows are looked at, as answers and as what is answered.
 */
export function linkRows(rows: Iterable<MessageSummary>, isNew: (uid: number) => boolean): [number, number][] {
  const byId = new Map<string, number>();
  const links: [number, number][] = [];
  // Two that name the same one belong together also where that one is elsewhere.
  for (const { uid, messageId, answers = [] } of rows) {
    for (const id of messageId === null ? answers : [messageId, ...answers]) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, uid);
      else if (known !== uid && (isNew(uid) || isNew(known))) links.push([known, uid]);
    }
  }
  return links;
}
