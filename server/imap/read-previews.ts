import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { atom, execCommand, listOf, sequence, textOf, valueAfter } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { toPartTree } from './to-part-tree.ts';
import { withMailbox } from './with-mailbox.ts';

/** Octets read of a text part where the server makes no previews itself; a preview line needs no more. */
const partStart = 2_048;

export type PreviewSource =
  | { kind: 'preview'; text: string }
  /** The first octets of the text part `node`, still encoded. */
  | { kind: 'part'; node: PartNode; bytes: Buffer };

/**
 * First words of messages: the server's own PREVIEW (RFC 8970, also Dovecot 2.3's earlier form) where it has it, else a
 * bounded read of the part that `choose` picks from the structure. Keys are UIDs; a message that is gone has no entry.
 */
export async function readPreviewSources(
  session: ImapSession,
  path: MailboxPath,
  uidValidity: number,
  uids: number[],
  choose: (root: PartNode) => PartNode | null,
  signal?: AbortSignal,
): Promise<Map<number, PreviewSource>> {
  return withMailbox(
    session.commands,
    path,
    async ({ client, mailbox }) => {
      checkUidValidity(mailbox, uidValidity);
      const canPreview = client.capabilities.has('PREVIEW') || client.capabilities.has('PREVIEW=FUZZY');
      const { made, left } = canPreview ? await readMadePreviews(client, uids) : { made: [], left: uids };
      const starts = left.length > 0 ? await readPartStarts(client, left, choose) : [];
      return new Map([...made, ...starts]);
    },
    { signal },
  );
}

type Found = [uid: number, source: PreviewSource];

/** What the server previews, and the rest: NIL says that it has none, not that there is nothing to read (RFC 8970 section 3.2; Cyrus). */
async function readMadePreviews(client: ImapFlow, uids: number[]): Promise<{ made: Found[]; left: number[] }> {
  const made: Found[] = [];
  const left: number[] = [];
  await execCommand(client, 'UID FETCH', [sequence(uids.join(',')), [atom('UID'), atom('PREVIEW')]], {
    FETCH: (untagged) => {
      const attributes = listOf(untagged.attributes?.[1]);
      const uid = Number(textOf(valueAfter(attributes, 'UID')));
      const preview = valueAfter(attributes, 'PREVIEW');
      const text = Array.isArray(preview) ? textOf(preview[1]) : textOf(preview);
      if (!(uid > 0) || preview === undefined) return;
      if (text === null) left.push(uid);
      else made.push([uid, { kind: 'preview', text }]);
    },
  });
  return { made, left };
}

async function readPartStarts(
  client: ImapFlow,
  uids: number[],
  choose: (root: PartNode) => PartNode | null,
): Promise<Found[]> {
  const nodes = new Map<number, PartNode>();
  for (const row of await client.fetchAll(uids.join(','), { uid: true, bodyStructure: true }, { uid: true })) {
    const node = row.bodyStructure ? choose(toPartTree(row.bodyStructure)) : null;
    if (node && row.uid) nodes.set(row.uid, node);
  }
  const found: Found[] = [];
  for (const [part, ofPart] of Map.groupBy(nodes.keys(), (uid) => nodes.get(uid)?.part ?? '')) {
    const query = { uid: true, bodyParts: [{ key: part, start: 0, maxLength: partStart }] };
    for (const row of await client.fetchAll(ofPart.join(','), query, { uid: true })) {
      const node = nodes.get(row.uid);
      const bytes = row.bodyParts?.get(part.toLowerCase());
      if (node && bytes) found.push([row.uid, { kind: 'part', node, bytes }]);
    }
  }
  return found;
}
