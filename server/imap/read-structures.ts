import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { PartNode } from '#lib/mail/part-node.ts';
import { atom, execCommand, listOf, sequence, structureOf, textOf, valueAfter, withRawFetches } from './protocol.ts';
import type { RawResponse } from './protocol.ts';
import { toPartTree } from './to-part-tree.ts';

const string = '"[^"\\\\]*"';
const parameters = `(?:\\((?:"(?:charset|format|delsp)" ${string} ?)+\\)|NIL)`;
const text = `\\("text" "(?:plain|html)" ${parameters} NIL NIL ${string} \\d+ \\d+(?: NIL)*\\)`;
/** Text alone, or its two alternatives, without a name or a disposition anywhere: most mail there is. */
const plainly = new RegExp(
  `BODYSTRUCTURE (?:${text}|\\(${text} ?${text} "alternative" \\((?:${string} ?)+\\)(?: NIL)*\\))[ )]`,
  'i',
);

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
  function take({ payload, literals }: RawResponse): boolean {
    if (literals?.length) return false;
    const line = payload.toString('latin1');
    const uid = Number(/[( ]UID (\d{1,10})[ )]/.exec(line)?.[1]);
    if (!(uid > 0) || !plainly.test(line)) return false;
    tell(uid, null);
    return true;
  }
  await withRawFetches(client, take, () =>
    execCommand(client, by === 'uid' ? 'UID FETCH' : 'FETCH', [sequence(range), [atom('UID'), atom('BODYSTRUCTURE')]], {
      FETCH: (untagged) => {
        const attributes = listOf(untagged.attributes?.[1]);
        const uid = Number(textOf(valueAfter(attributes, 'UID')));
        const node = valueAfter(attributes, 'BODYSTRUCTURE');
        if (!(uid > 0) || node === undefined) return; // An unsolicited flag change.
        const structure = structureOf(node);
        tell(uid, structure && toPartTree(structure));
      },
    }),
  );
}
