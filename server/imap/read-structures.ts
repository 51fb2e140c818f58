import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { PartNode } from '#lib/mail/part-node.ts';
import { readPlainStructure } from './plain-structure.ts';
import { atom, execTakingLines, listOf, sequence, structureOf, textOf, valueAfter } from './protocol.ts';
import { toPartTree } from './to-part-tree.ts';

const string = '"[^"\\\\]*"';
const parameters = `(?:\\((?:"(?:charset|format|delsp)" ${string} ?)+\\)|NIL)`;
const text = `\\("text" "(?:plain|html)" ${parameters} NIL NIL ${string} \\d+ \\d+(?: NIL)*\\)`;
const row = '^\\* \\d+ FETCH \\(UID (\\d{1,10}) BODYSTRUCTURE ';
/** Text alone, or its two alternatives, without a name or a disposition anywhere: most mail there is. */
const plainly = new RegExp(
  `${row}(?:${text}|\\(${text} ?${text} "alternative" \\((?:${string} ?)+\\)(?: NIL)*\\))\\)$`,
  'i',
);
const anyRow = new RegExp(`${row}(?=\\()`, 'i');

/**
 * Tells the MIME structure of messages, in the server's order: null for text that has nothing attached and no names, which is
 * seen without taking it apart, so that a hundred thousand can be looked through. A message without a readable structure is
 * told with an empty text.
 */
export async function readStructures(
  client: ImapFlow,
  range: string,
  by: 'seq' | 'uid',
  tell: (uid: number, structure: PartNode | null) => void,
): Promise<void> {
  function take(line: string): boolean {
    const plain = plainly.exec(line);
    if (plain) {
      tell(Number(plain[1]), null);
      return true;
    }
    const [start, uid] = anyRow.exec(line) ?? [];
    const structure = start === undefined ? null : readPlainStructure(line, start.length);
    if (!structure) return false;
    tell(Number(uid), structure);
    return true;
  }
  const command = by === 'uid' ? 'UID FETCH' : 'FETCH';
  await execTakingLines(client, command, [sequence(range), [atom('UID'), atom('BODYSTRUCTURE')]], take, {
    FETCH: (untagged) => {
      const attributes = listOf(untagged.attributes?.[1]);
      const uid = Number(textOf(valueAfter(attributes, 'UID')));
      const node = valueAfter(attributes, 'BODYSTRUCTURE');
      if (!(uid > 0) || node === undefined) return; // An unsolicited flag change.
      const structure = structureOf(node);
      tell(uid, structure && toPartTree(structure));
    },
  });
}
