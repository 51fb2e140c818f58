import { parseGroups } from '#lib/mail/thread-groups.ts';
import type { MailboxThreads } from '#lib/mail/thread-groups.ts';

/** The threads of two and more, each ascending, in the order of their first. */
export function threadsIn({ groups }: MailboxThreads): number[][] {
  const { uids, roots } = parseGroups(groups);
  const threads = new Map<number, number[]>();
  uids.forEach((uid, index) => threads.set(roots[index] ?? 0, [...(threads.get(roots[index] ?? 0) ?? []), uid]));
  return [...threads.values()];
}

/** A letter as a test knows it: its Message-ID's name and those it names. */
export interface Known {
  uid: number;
  name: string;
  names: readonly string[];
}

/** The truth by a union-find of its own: who names whom, also through one that is not there (RFC 5256, REFS). */
export function truthOf(letters: readonly Known[]): number[][] {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    const above = parent.get(name) ?? name;
    return above === name ? name : find(above);
  };
  for (const { name, names } of letters) for (const other of names) parent.set(find(name), find(other));
  const threads = Map.groupBy(letters, ({ name }) => find(name));
  return [...threads.values()]
    .map((members) => members.map(({ uid }) => uid).sort((a, b) => a - b))
    .filter(({ length }) => length > 1)
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
