import 'server-only';
import type { UidSet } from '#lib/mail/event.ts';
import { isSameKeyword } from '#lib/mail/label.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { intersectUids, subtractUids } from '#lib/mail/uid-set.ts';
import { singleton } from '#server/singleton.ts';
import type { TaskStep } from '#server/store/task-rows.ts';

/** Messages of one mailbox of which somebody wants a keyword on or off. */
interface Wanted {
  mailbox: string;
  uidValidity: number;
  keyword: Keyword;
  uids: UidSet;
}

interface AtWork {
  accountKey: string;
  /** Wanted otherwise since the task began. */
  spared: Wanted[];
  batch: (Wanted & { ended: Promise<unknown> }) | null;
}

const tasks = singleton('tasks-at-work', () => new Set<AtWork>());

/**
 * The person wants a keyword of these messages anew: tasks of the account that began before, and would set it otherwise when they come to
 * them, pass them by. Resolves when none of this process is just at them.
 */
export async function spareFromTasks(accountKey: string, wanted: Wanted): Promise<void> {
  const mine = [...tasks].filter((task) => task.accountKey === accountKey);
  for (const { spared } of mine) spared.push(wanted);
  await Promise.all(mine.flatMap(({ batch }) => (batch && meets(batch, wanted).length > 0 ? batch.ended : [])));
}

export interface Spared {
  /** What a step has left to do of a batch. */
  leave(step: TaskStep, uids: UidSet): UidSet;
  /** Runs what acts on a batch. */
  during<T>(step: TaskStep, uids: UidSet, run: () => Promise<T>): Promise<T>;
  /** The task has ended. */
  end(): void;
}

/** From now on hears what is wanted otherwise. */
export function makeSpared(accountKey: string): Spared {
  const task: AtWork = { accountKey, spared: [], batch: null };
  tasks.add(task);
  return {
    leave(step, uids) {
      const own = wantedBy(step, uids);
      if (!own) return uids;
      return task.spared.reduce((left, wanted) => subtractUids(left, meets(own, wanted)), uids);
    },
    async during(step, uids, run) {
      const own = wantedBy(step, uids);
      const ended = run();
      task.batch = own && { ...own, ended: ended.catch(() => {}) };
      try {
        return await ended;
      } finally {
        task.batch = null;
      }
    },
    end: () => void tasks.delete(task),
  };
}

/** Where a step does more than one thing, each message gets all of it or nothing. */
function wantedBy({ mailbox, uidValidity, acts }: TaskStep, uids: UidSet): Wanted | null {
  const [act] = acts;
  return acts.length === 1 && act?.type === 'set-keyword' ? { mailbox, uidValidity, keyword: act.keyword, uids } : null;
}

function meets(one: Wanted, other: Wanted): UidSet {
  const isSame =
    one.mailbox === other.mailbox && one.uidValidity === other.uidValidity && isSameKeyword(one.keyword, other.keyword);
  return isSame ? intersectUids(one.uids, other.uids) : [];
}
