import 'server-only';
import { MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { countUids, intersectUids, subtractUids, translateUids, uniteUids } from '#lib/mail/uid-set.ts';
import { actOnUids, withKeywords } from '#server/imap/act-on-uids.ts';
import type { ActMemory, ActOutcome } from '#server/imap/act-on-uids.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { ownChanges } from '#server/imap/own-changes.ts';
import { readCounts } from '#server/imap/read-counts.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { withMailbox } from '#server/imap/with-mailbox.ts';
import { compareModseq, parseSyncToken } from '#lib/mail/sync-token.ts';
import type { PlacementRow } from '#server/store/placement-rows.ts';
import type { BatchTrace, TaskStep } from '#server/store/task-rows.ts';
import { madeFor } from '#server/mail/archive/make-mailboxes.ts';

export interface BatchOutcome extends BatchTrace {
  done: number;
  missing: number;
  kept: number;
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
      const outcomes: Acted[] = [];
      const own = ownChanges(session.id, step.mailbox, step.uidValidity);
      const acts = step.acts.flatMap((act) => withKeywords(act, mailbox));
      let left = uids;
      let since = step.unchangedSince;
      for (const [index, act] of acts.entries()) {
        const memory = (memories[index] ??= {});
        const outcome = await actOnUids(client, mailbox, act, left, since, memory, own);
        outcomes.push({ act, outcome });
        // What one act did is no other device's change to the next.
        left = subtractUids(left, outcome.kept);
        if (since !== null) since = laterModseq(since, outcome.modseq);
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

interface Acted {
  act: MailAct;
  outcome: ActOutcome;
}

/** `modseqThere` is the modseq of the mailbox that marked messages were moved to. */
function toBatchOutcome(step: TaskStep, uids: UidSet, outcomes: Acted[], modseqThere: string | null): BatchOutcome {
  const { mailbox, uidValidity } = step;
  const all = countUids(uids);
  const last = outcomes.at(-1);
  const placed = last?.outcome.placed ?? null;
  const isMoved = last?.act.type === 'move';
  const inverse: TaskStep[] = [];
  for (const { uids: marked, acts, modseq } of marksOf(outcomes)) {
    if (!isMoved) inverse.push({ mailbox, uidValidity, uids: marked, acts, unchangedSince: modseq });
    else if (placed && last.act.type === 'move') {
      const there = translateUids(marked, placed.from, placed.to);
      const target = { mailbox: last.act.to, uidValidity: placed.uidValidity };
      inverse.push({ ...target, uids: there, acts, unchangedSince: modseqThere });
    }
  }
  if (placed && last) inverse.push(...takeBack(step, last.act, placed.uidValidity, placed.to));
  const kept = outcomes.reduce((sum, { outcome }) => sum + countUids(outcome.kept), 0);
  const isTransfer = isMoved || last?.act.type === 'copy';
  const missing = isTransfer ? all - countUids(last.outcome.changed) : 0;
  const highest = placed?.to.at(-1)?.[1];
  return {
    done: all - missing - kept,
    missing,
    kept,
    inverse: inverse.filter((one) => one.uids.length > 0),
    placed: last?.act.type === 'move' && placed ? [movedTo(step, last.act.to, placed)] : [],
    landed: placed && highest ? { uidValidity: placed.uidValidity, uidNext: highest + 1 } : null,
  };
}

function movedTo(
  { mailbox, uidValidity }: TaskStep,
  to: string,
  placed: { uidValidity: number; from: UidSet; to: UidSet },
): PlacementRow {
  return {
    from: { mailbox, uidValidity, uids: placed.from },
    to: { mailbox: to, uidValidity: placed.uidValidity, uids: placed.to },
  };
}

/** Messages whose keywords were changed in the same way, with what takes that back as one, and the greatest modseq it led to. */
function marksOf(outcomes: Acted[]): { uids: UidSet; acts: MailAct[]; modseq: string | null }[] {
  let groups: ReturnType<typeof marksOf> = [];
  for (const { act, outcome } of outcomes) {
    if (act.type !== 'set-keyword') continue;
    const back = { ...act, value: !act.value };
    const split = groups.flatMap((group) => [
      { ...group, uids: subtractUids(group.uids, outcome.changed) },
      {
        uids: intersectUids(group.uids, outcome.changed),
        acts: [back, ...group.acts],
        modseq: laterModseq(group.modseq, outcome.modseq),
      },
    ]);
    const known = groups.reduce<UidSet>((all, { uids }) => uniteUids(all, uids), []);
    const others = { uids: subtractUids(outcome.changed, known), acts: [back], modseq: outcome.modseq };
    groups = [...split, others].filter(({ uids }) => uids.length > 0);
  }
  return groups;
}

function laterModseq(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return compareModseq(one, other) >= 0 ? one : other;
}

/** What takes back that messages of a step are under these UIDs where a move or a copy put them. */
export function takeBack(
  { mailbox: from, made = [] }: TaskStep,
  act: MailAct,
  uidValidity: number,
  uids: UidSet,
): TaskStep[] {
  if (act.type !== 'move' && act.type !== 'copy') return [];
  const tidy = madeFor(act.to, made);
  const back: MailAct =
    act.type === 'copy'
      ? { type: 'destroy' }
      : { type: 'move', to: from, ...(tidy.length > 0 ? { tidy } : {}), ...(act.tidy ? { make: true } : {}) };
  return [{ mailbox: act.to, uidValidity, uids, acts: [back], unchangedSince: null }];
}
