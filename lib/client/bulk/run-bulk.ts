import { cancelBulkChange } from '#server/actions/cancel-bulk-change.ts';
import { startBulkChange } from '#server/actions/start-bulk-change.ts';
import { undoBulkChange } from '#server/actions/undo-bulk-change.ts';
import { MailError, toMailErrorValue } from '../../errors.ts';
import type { MailErrorValue, Result } from '../../errors.ts';
import type { Keyword } from '../../mail/keyword.ts';
import type { MailAct, Task, UidRanges } from '../../mail/task.ts';
import { parseUidSet } from '../../mail/uid-set.ts';
import { acts as actLog } from '../acts/act-store.ts';
import { renewed } from '../renewal.ts';
import { bulks, forgetTask, hearTask, tasks } from './bulk-store.ts';

type Refused = (error: MailErrorValue) => void;

const retryMs = 2_000;

/** The last task that can be taken back, and the act that had been done last before it. */
let undoable: { task: string; after: string | undefined } | null = null;

/**
 * Does something to many messages: drawn at once, carried out by the server also when this page goes. `lacking`: only to those
 * that lack a keyword.
 */
export function startBulk(
  acts: MailAct[],
  ranges: UidRanges[],
  count: number,
  refused: Refused,
  lacking?: Keyword,
): void {
  const id = crypto.randomUUID();
  const messages = ranges.map((range) => ({ ...range, uids: parseUidSet(range.uids) }));
  bulks.set([...bulks.get(), { id, acts, messages }]);
  hearTask(waitingTask(id, acts, ranges, count));
  undoable = { task: id, after: actLog.get().log.at(-1)?.id };
  void send(id, () => startBulkChange({ id, acts, messages: ranges, count, ...(lacking ? { lacking } : {}) }), refused);
}

/** The task that `undo` takes back next: none when something was done since that comes first. */
export function nextBulkToUndo(): string | null {
  return undoable && undoable.after === actLog.get().log.at(-1)?.id ? undoable.task : null;
}

export function undoBulk(task: string, refused: Refused): void {
  const id = crypto.randomUUID();
  undoable = { task: id, after: actLog.get().log.at(-1)?.id };
  void send(id, () => undoBulkChange({ id, task }), refused);
}

export function cancelBulk(id: string): void {
  void cancelBulkChange(id).catch(() => {}); // Its progress shows that it goes on.
}

/** Again and again while the line is gone: named by its id the task is begun once. */
async function send(id: string, request: () => Promise<Result<Task>>, refused: Refused): Promise<void> {
  for (;;) {
    const result = await request().catch(
      (cause: unknown): Result<Task> => ({
        ok: false,
        error: toMailErrorValue(new MailError('server-unreachable', { cause })),
      }),
    );
    if (result.ok) return hearTask(result.value);
    if (result.error.code === 'wrong-credentials') await renewed();
    else if (result.error.code === 'server-unreachable') await new Promise((resolve) => setTimeout(resolve, retryMs));
    else {
      forgetTask(id);
      return refused(result.error);
    }
    if (!tasks.get().some((task) => task.id === id)) return; // Heard of by the feed meanwhile, and told.
  }
}

function waitingTask(id: string, acts: MailAct[], ranges: UidRanges[], total: number): Task {
  const mailboxes = ranges.map(({ mailbox }) => mailbox);
  return { id, acts, mailboxes, isUndo: false, state: 'running', total, done: 0, missing: 0, kept: 0, error: null, canUndo: false };
}
