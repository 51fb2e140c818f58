/**
 * Which messages of a mailbox belong together. Only threads of two or more are held; a message that is not is a thread of its own.
 * Invariants: `uids` ascend, each once; `roots[i]` is the lowest UID of the thread that `uids[i]` belongs to.
 */
export interface ThreadGroups {
  readonly uids: Uint32Array;
  readonly roots: Uint32Array;
}

/** A mailbox's threads as the server tells them to the browser. */
export interface MailboxThreads {
  uidValidity: number;
  /** What has this UID or a greater one was not looked at. */
  uidNext: number;
  /** The lowest UID that was looked at; what is below stands alone until more is asked for. 1 where all was. */
  firstUid: number;
  /** Groups as formatGroups writes them. */
  groups: string;
}

export const noGroups: ThreadGroups = { uids: new Uint32Array(0), roots: new Uint32Array(0) };

/** The lowest UID of a message's thread. */
export function rootOf({ uids, roots }: ThreadGroups, uid: number): number {
  const index = lowerBound(uids, uid);
  return uids[index] === uid ? (roots[index] ?? uid) : uid;
}

/** From threads with two members or more; groups that share a member are one. */
export function toGroups(threads: Iterable<ArrayLike<number>>): ThreadGroups {
  const parents = new Map<number, number>();
  for (const thread of threads) {
    const first = thread[0];
    for (let index = 1; first !== undefined && index < thread.length; index += 1)
      join(parents, first, thread[index] ?? first);
  }
  return fromParents(parents);
}

/** What either says belongs together. What joins is mostly a few: a hundred thousand that are known are only copied. */
export function joinGroups(one: ThreadGroups, other: ThreadGroups): ThreadGroups {
  if (other.uids.length > one.uids.length) return joinGroups(other, one);
  if (other.uids.length === 0) return one;
  const parents = new Map<number, number>();
  other.uids.forEach((uid, index) => join(parents, rootOf(one, uid), rootOf(one, other.roots[index] ?? uid)));
  const added = other.uids.filter((uid) => one.uids[lowerBound(one.uids, uid)] !== uid);
  const uids = new Uint32Array(one.uids.length + added.length);
  const roots = new Uint32Array(uids.length);
  let [at, next] = [0, 0];
  for (let index = 0; index < uids.length; index += 1) {
    const isAdded = next < added.length && !((one.uids[at] ?? Infinity) < (added[next] ?? 0));
    const uid = (isAdded ? added[next] : one.uids[at]) ?? 0;
    const root = isAdded ? uid : (one.roots[at] ?? uid);
    if (isAdded) next += 1;
    else at += 1;
    uids[index] = uid;
    roots[index] = parents.has(root) ? find(parents, root) : root;
  }
  return { uids, roots };
}

/** "1,3,2;z" style: members of a thread as steps from the one before, in base 36; the first as the step from the last thread's first. */
export function formatGroups({ uids, roots }: ThreadGroups): string {
  const members = new Map<number, number[]>();
  uids.forEach((uid, index) => {
    const root = roots[index] ?? uid;
    const known = members.get(root);
    if (known) known.push(uid);
    else members.set(root, [uid]);
  });
  let from = 0;
  const threads: string[] = [];
  for (const [root, thread] of members) {
    let before = from;
    threads.push(
      thread
        .map((uid) => {
          const step = uid - before;
          before = uid;
          return step.toString(36);
        })
        .join(),
    );
    from = root;
  }
  return threads.join(';');
}

/** Reads what formatGroups wrote. */
export function parseGroups(text: string): ThreadGroups {
  let from = 0;
  const threads = text === '' ? [] : text.split(';');
  return toGroups(
    threads.map((thread) => {
      let before = from;
      const uids = thread.split(',').map((step) => (before += parseInt(step, 36)));
      from = uids[0] ?? from;
      return uids;
    }),
  );
}

/** Union-find with path halving; the lower UID is the root. */
function join(parents: Map<number, number>, a: number, b: number): void {
  const [one, other] = [find(parents, a), find(parents, b)];
  if (one < other) parents.set(other, one);
  else if (other < one) parents.set(one, other);
}

function find(parents: Map<number, number>, uid: number): number {
  let at = uid;
  for (;;) {
    const parent = parents.get(at);
    if (parent === undefined) {
      parents.set(at, at);
      return at;
    }
    if (parent === at) return at;
    const above = parents.get(parent) ?? parent;
    parents.set(at, above);
    at = above;
  }
}

function fromParents(parents: Map<number, number>): ThreadGroups {
  const uids = Uint32Array.from(parents.keys()).sort();
  const roots = uids.map((uid) => find(parents, uid));
  // A thread of one has no place here.
  const sizes = new Map<number, number>();
  for (const root of roots) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  const isMany = (_: number, index: number) => (sizes.get(roots[index] ?? 0) ?? 0) > 1;
  return { uids: uids.filter(isMany), roots: roots.filter(isMany) };
}

/** The first index whose value is not below `wanted`. */
export function lowerBound(values: Uint32Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
