import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { countUids, translateUids } from '#lib/mail/uid-set.ts';
import { actOnUids, withKeywords } from '#server/imap/act-on-uids.ts';
import type { ActMemory, ActOutcome } from '#server/imap/act-on-uids.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { readCounts } from '#server/imap/read-counts.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import type { TaskStep } from '#server/store/task-rows.ts';

export interface BatchOutcome {
  done: number;
  missing: number;
  kept: number;
  /** What takes it back; empty where nothing can. */
  inverse: TaskStep[];
  /** Where the next one moved or copied will be at the earliest, if any was. */
  landed: { uidValidity: number; uidNext: number } | null;
}

/** Longer than a click's: a slow server may need it for thousands. Milliseconds. */
const timeoutMs = 120_000;

/**
 * Carries out a step's acts on some of its messages. Unlike other work it is not begun again by itself on another connection
 * when the answer is lost: a copy made twice is two copies, so who calls finds out first (reconcile.ts). `memories` are
 * the acts', kept from one try to the next.
 */
export async function runBatch(
  session: ImapSession,
  step: TaskStep,
  uids: UidSet,
  memories: ActMemory[],
): Promise<BatchOutcome> {
  let isBegun = false;
  return withMailbox(
    session.tasks,
    step.mailbox,
    async ({ client, mailbox }) => {
      if (isBegun) throw new MailError('server-unreachable');
      checkUidValidity(mailbox, step.uidValidity);
      isBegun = true;
      const outcomes: { act: MailAct; outcome: ActOutcome }[] = [];
      const acts = step.acts.flatMap((act) => withKeywords(act, mailbox));
      for (const [index, act] of acts.entries()) {
        const memory = (memories[index] ??= {});
        outcomes.push({ act, outcome: await actOnUids(client, mailbox, act, uids, step.unchangedSince, memory) });
      }
      const last = outcomes.at(-1);
      const isMarkedAndMoved = acts.length > 1 && last?.act.type === 'move' && last.outcome.placed !== null;
      const marked = isMarkedAndMoved && last?.act.type === 'move' ? await readCounts(client, last.act.to) : null;
      return toBatchOutcome(
        step,
        uids,
        outcomes,
        marked?.token ? (parseSyncToken(marked.token)?.modseq ?? null) : null,
      );
    },
    { timeoutMs },
  );
}

/** `modseqThere` is the modseq of the mailbox that marked messages were moved to. */
function toBatchOutcome(
  { mailbox, uidValidity }: TaskStep,
  uids: UidSet,
  outcomes: { act: MailAct; outcome: ActOutcome }[],
  modseqThere: string | null,
): BatchOutcome {
  const all = countUids(uids);
  const last = outcomes.at(-1);
  const placed = last?.outcome.placed ?? null;
  const isMoved = last?.act.type === 'move';
  const inverse: TaskStep[] = [];
  for (const { act, outcome } of outcomes) {
    if (act.type !== 'set-keyword') continue;
    const acts: MailAct[] = [{ ...act, value: !act.value }];
    if (!isMoved) inverse.push({ mailbox, uidValidity, uids: outcome.changed, acts, unchangedSince: outcome.modseq });
    else if (placed && last.act.type === 'move') {
      const there = translateUids(outcome.changed, placed.from, placed.to);
      inverse.push({
        mailbox: last.act.to,
        uidValidity: placed.uidValidity,
        uids: there,
        acts,
        unchangedSince: modseqThere,
      });
    }
  }
  if (placed && last) inverse.push(...takeBack(last.act, mailbox, placed.uidValidity, placed.to));
  const kept = Math.max(...outcomes.map(({ outcome }) => countUids(outcome.kept)));
  const isTransfer = isMoved || last?.act.type === 'copy';
  const missing = isTransfer ? all - countUids(last.outcome.changed) : 0;
  const highest = placed?.to.at(-1)?.[1];
  return {
    done: all - missing - kept,
    missing,
    kept,
    inverse: inverse.filter((step) => step.uids.length > 0),
    landed: placed && highest ? { uidValidity: placed.uidValidity, uidNext: highest + 1 } : null,
  };
}

/** What takes back that messages of `from` are under these UIDs where a move or a copy put them. */
export function takeBack(act: MailAct, from: string, uidValidity: number, uids: UidSet): TaskStep[] {
  if (act.type === 'move')
    return [{ mailbox: act.to, uidValidity, uids, acts: [{ type: 'move', to: from }], unchangedSince: null }];
  if (act.type === 'copy')
    return [{ mailbox: act.to, uidValidity, uids, acts: [{ type: 'destroy' }], unchangedSince: null }];
  return [];
}
