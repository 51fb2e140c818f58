import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { countUids, formatUidSet, sliceUids, subtractUids, toUidSet, uidsBelow } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from '#server/imap/check-uid-validity.ts';
import { findAmong } from '#server/imap/find-among.ts';
import { expungeUids } from '#server/imap/expunge-uids.ts';
import { pairFingerprints, readFingerprints } from '#server/imap/fingerprints.ts';
import { readCounts } from '#server/imap/read-counts.ts';
import { searchUids, withUids } from '#server/imap/search-uids.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { has, tellsCopies } from '#server/imap/transfer.ts';
import { withConnection, withMailbox } from '#server/imap/with-mailbox.ts';
import { makeMailboxes } from '#server/mail/archive/make-mailboxes.ts';
import { makeMailboxFor } from '#server/mail/make-mailbox-for.ts';
import type { TaskProgress, TaskStep } from '#server/store/task-rows.ts';
import { takeBack } from './run-batch.ts';
import type { BatchOutcome } from './run-batch.ts';

type Transfer = Extract<MailAct, { type: 'move' | 'copy' }>;
type Landing = NonNullable<TaskProgress['landing']>;

/**
 * Where the next message of a step will be; the mailbox is made where it is missing and the act says for what use, or that it may
 * be made. Throws target-missing.
 */
export async function readLanding(session: ImapSession, step: TaskStep, act: Transfer): Promise<Landing> {
  try {
    const { uidValidity, uidNext } = await withConnection(session.tasks, (client) => readCounts(client, act.to));
    return { mailbox: act.to, uidValidity, uidNext };
  } catch (error) {
    if (!isMailError(error) || error.code !== 'mailbox-missing') throw error;
    const { as: role, make } = act.type === 'move' ? act : {};
    if (make) {
      step.made = [...(await makeMailboxes(session, act.to)), ...(step.made ?? [])];
      return readLanding(session, step, { type: 'copy', to: act.to });
    }
    if (!role) throw new MailError('target-missing', { cause: error });
    act.to = await makeMailboxFor(session, role, act.to); // As the server names it, from now on.
    return readLanding(session, step, { type: 'copy', to: act.to });
  }
}

/** Which of these messages the mailbox still has, or of them those that lack a keyword. */
export async function stillThere(
  session: ImapSession,
  { mailbox, uidValidity }: Pick<TaskStep, 'mailbox' | 'uidValidity'>,
  uids: UidSet,
  lacking?: Keyword,
): Promise<UidSet> {
  const keyword = lacking === undefined ? null : { keyword: lacking, value: false };
  return withMailbox(session.tasks, mailbox, ({ client, mailbox: opened }) => {
    checkUidValidity(opened, uidValidity);
    return findAmong(client, uids, keyword);
  });
}

/**
 * What a step begins with, by as few commands as can be: those of its messages that are still there, and where it sets a keyword those
 * that have it otherwise; null where that was not found out. Those that are to be moved or copied, named one by one, are taken as there
 * where the server tells which it reached (COPYUID, RFC 4315 section 3).
 */
export async function lookAtStep(
  session: ImapSession,
  { mailbox, uidValidity, uids, acts, lacking }: TaskStep,
  isNamed: boolean,
): Promise<{ there: UidSet; wanting: UidSet | null }> {
  const last = acts.at(-1);
  const [act] = acts;
  const isToldLater = isNamed && (last?.type === 'copy' || (last?.type === 'move' && !last.by));
  if (lacking !== undefined || (act?.type !== 'set-keyword' && !isToldLater))
    return { there: await stillThere(session, { mailbox, uidValidity }, uids, lacking), wanting: null };
  return withMailbox(session.tasks, mailbox, async ({ client, mailbox: opened }) => {
    checkUidValidity(opened, uidValidity);
    if (act?.type !== 'set-keyword')
      return { there: tellsCopies(client) ? uids : await findAmong(client, uids, null), wanting: null };
    // Mostly all have it otherwise: one search tells both.
    const wanting = await findAmong(client, uids, { keyword: act.keyword, value: !act.value });
    const isAll = countUids(wanting) === countUids(uids);
    return { there: isAll ? wanting : await findAmong(client, uids, null), wanting };
  });
}

/**
 * What became of a move or copy whose answer was lost: told by what is in the target from `landing` on and what is left in the
 * source. `uids` are all that were not dealt with yet. Answers what was done, and what is still to be done.
 */
export async function reconcile(
  session: ImapSession,
  step: TaskStep,
  act: Transfer,
  uids: UidSet,
  landing: Landing,
): Promise<{ outcome: BatchOutcome; rest: UidSet }> {
  let there = await stillThere(session, step, uids);
  const found = await withMailbox(session.tasks, act.to, async ({ client, mailbox }) => {
    if (mailbox.uidValidity !== BigInt(landing.uidValidity)) throw new MailError('mailbox-changed');
    return searchUids(client, withUids(`${landing.uidNext}:*`));
  });
  // "n:*" is the last message also where all are below n (RFC 9051 section 9).
  const landed = subtractUids(found, uidsBelow(found, landing.uidNext));
  const arrived = countUids(landed);
  if (act.type === 'move' && arrived > 0)
    there = subtractUids(there, await takeCopied(session, step, act.to, there, landed));
  const gone = act.type === 'move' ? countUids(subtractUids(uids, there)) : Math.min(arrived, countUids(uids));
  const done = Math.min(gone, arrived);
  // More than ours came: which are ours nobody can tell, so they are not taken back.
  const ours = arrived <= gone ? landed : [];
  const highest = landed.at(-1)?.[1];
  const from = { mailbox: step.mailbox, uidValidity: step.uidValidity, uids: subtractUids(uids, there) };
  // As many as went, in their order.
  const isWhole = act.type === 'move' && ours.length > 0 && arrived === gone;
  return {
    outcome: {
      done,
      missing: gone - done,
      kept: 0,
      inverse: ours.length > 0 ? takeBack(step, act, landing.uidValidity, ours) : [],
      placed: isWhole ? [{ from, to: { mailbox: act.to, uidValidity: landing.uidValidity, uids: landed } }] : [],
      landed: highest ? { uidValidity: landing.uidValidity, uidNext: highest + 1 } : null,
    },
    // A copy is made of all of a command's messages or of none (RFC 9051 section 6.4.7), in their order.
    rest: act.type === 'move' ? there : sliceUids(uids, done + 1, countUids(uids)),
  };
}

/**
 * Where a move is COPY and then EXPUNGE, what was copied may still stand in the source: takes out what is in the target, known by size,
 * date and Message-ID and by nothing less. Answers which.
 */
async function takeCopied(
  session: ImapSession,
  step: TaskStep,
  to: string,
  there: UidSet,
  landed: UidSet,
): Promise<UidSet> {
  const isMoved = await withConnection(session.tasks, async (client) => has(client, 'MOVE'));
  if (isMoved || there.length === 0) return [];
  const copies = await withMailbox(session.tasks, to, ({ client }) => readFingerprints(client, formatUidSet(landed)));
  return withMailbox(session.tasks, step.mailbox, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, step.uidValidity);
    const first = sliceUids(there, 1, Math.min(countUids(landed), countUids(there)));
    const pairs = pairFingerprints(await readFingerprints(client, formatUidSet(first)), copies);
    const copied = pairs.map(([uid]) => uid);
    if (copied.length > 0) await expungeUids(client, copied);
    return toUidSet(copied);
  });
}
