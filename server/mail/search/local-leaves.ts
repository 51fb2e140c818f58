import 'server-only';
import type { PartNode } from '#lib/mail/part-node.ts';
import { decided, leavesOf } from '#lib/mail/search-query.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';
import { chooseParts, hasAttachment } from '#server/content/choose-parts.ts';

type LocalLeaf = SearchLeaf & { type: 'has-attachment' | 'filename' };

/** More of them double the questions each time. */
const maxLocalLeaves = 3;

export interface LocalPart {
  /** The query for each combination of truths: bit n of the index says whether leaf n holds. */
  programs: (SearchTerm | boolean)[];
  /** Which combination a message is, by its structure; null where the server can answer all of it. */
  judge: ((structure: PartNode | null) => number) | null;
}

/**
 * Splits off what plain IMAP cannot ask: attachments and their names. For every combination of their truths the rest is a
 * query the server can answer, so the result is exact wherever they stand in it. Null when there are too many. Gmail
 * can be asked (X-GM-RAW), and nothing is split off.
 */
export function splitLocal(query: SearchTerm | true, isGmail: boolean): LocalPart | null {
  if (isGmail) return { programs: [query], judge: null };
  const leaves = new Map<string, LocalLeaf>();
  for (const leaf of query === true ? [] : leavesOf(query)) if (isLocal(leaf)) leaves.set(nameOf(leaf), leaf);
  if (query === true || leaves.size === 0) return { programs: [query], judge: null };
  if (leaves.size > maxLocalLeaves) return null;
  const names = [...leaves.keys()];
  const programs = Array.from({ length: 2 ** leaves.size }, (_, truths) =>
    decided(query, (leaf) => (isLocal(leaf) ? (truths & (1 << names.indexOf(nameOf(leaf)))) !== 0 : null)),
  );
  const tests = [...leaves.values()];
  return {
    programs,
    judge: (structure) =>
      structure === null ? 0 : tests.reduce((sum, leaf, bit) => (holds(leaf, structure) ? sum | (1 << bit) : sum), 0),
  };
}

function isLocal(leaf: SearchLeaf): leaf is LocalLeaf {
  return leaf.type === 'has-attachment' || leaf.type === 'filename';
}

function nameOf(leaf: LocalLeaf): string {
  return leaf.type === 'filename' ? `filename ${leaf.value.toLowerCase()}` : leaf.type;
}

/** Names are compared as the attachment list shows them. */
function holds(leaf: LocalLeaf, structure: PartNode): boolean {
  if (leaf.type === 'has-attachment') return hasAttachment(structure);
  const wanted = leaf.value.toLowerCase();
  return chooseParts(structure, 'html').attachments.some(({ name }) => name.toLowerCase().includes(wanted));
}
