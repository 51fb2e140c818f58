import 'server-only';
import { parseUidSet } from '#lib/mail/uid-set.ts';
import { textOf } from './protocol.ts';
import type { ParsedNode, Untagged } from './protocol.ts';

/** UIDs of the source, each with its UID in the target mailbox of this uidValidity. */
export interface CopiedUids {
  uidValidity: number;
  uids: [from: number, to: number][];
}

/** A lying server may name a range of four billion UIDs. */
const maxUids = 100_000;

/** Reads `[COPYUID uidvalidity source-set target-set]` (RFC 4315 section 3); null where it does not stand or does not fit. */
export function copiedUids({ attributes }: Untagged): CopiedUids | null {
  const [first] = attributes ?? [];
  const section: ParsedNode[] = (first && !Array.isArray(first) && first.section) || [];
  const [code, uidValidity, from, to] = section.map((node) => textOf(node));
  if (code?.toUpperCase() !== 'COPYUID') return null;
  const sources = inOrder(from ?? '');
  const targets = inOrder(to ?? '');
  const validity = Number(uidValidity);
  if (!Number.isSafeInteger(validity) || validity <= 0 || !sources || sources.length !== targets?.length) return null;
  return { uidValidity: validity, uids: sources.map((uid, index) => [uid, targets[index] ?? 0]) };
}

/** The UIDs of a set as written: the two sets correspond by place, so nothing may be sorted or left out. */
function inOrder(text: string): number[] | null {
  const uids: number[] = [];
  for (const piece of text.split(',')) {
    const [range] = parseUidSet(piece);
    if (!range || uids.length + range[1] - range[0] >= maxUids) return null;
    for (let uid = range[0]; uid <= range[1]; uid += 1) uids.push(uid);
  }
  return uids;
}
