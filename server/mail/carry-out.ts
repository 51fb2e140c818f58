import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { ChangeOutcome, MailChange } from '#lib/mail/change.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { countUids, hasUid, toUidSet } from '#lib/mail/uid-set.ts';
import { copyMessages } from '#server/imap/copy-messages.ts';
import { destroyMessages } from '#server/imap/destroy-messages.ts';
import { moveMessages, storeKeywords } from '#server/imap/move-messages.ts';
import { ownChanges } from '#server/imap/own-changes.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { storeKeyword } from '#server/imap/store-keyword.ts';
import type { CopiedUids } from '#server/imap/copy-uid.ts';
import type { ChangeProgress } from './change-progress.ts';
import { fileByDate } from './archive/file-by-date.ts';
import { madeFor, makeMailboxes, tidyMailboxes } from './archive/make-mailboxes.ts';
import { makeMailboxFor } from './make-mailbox-for.ts';
import { storeWithoutAttachments } from '#server/mail/message/remove-attachments.ts';
import { spareFromTasks } from './tasks/spared.ts';

type ChangeOf<Type extends MailChange['type']> = Extract<MailChange, { type: Type }>;

/** Messages of one change belong to few mailboxes; more than this is nobody's click. */
const maxMailboxes = 50;

/** Carries out a change mailbox by mailbox, writing into `progress` what became of it. Throws a MailError. */
export async function carryOut(
  session: ImapSession,
  change: MailChange,
  again: boolean,
  progress: ChangeProgress,
): Promise<void> {
  const groups = Map.groupBy(change.messages, ({ mailbox, uidValidity }) => `${uidValidity}:${mailbox}`);
  if (groups.size > maxMailboxes) throw new MailError('invalid-input');
  for (const [key, messages] of groups) {
    if (progress.done.has(key)) continue;
    await inMailbox(session, { ...change, messages }, again, progress);
    progress.done.add(key);
  }
}

async function inMailbox(
  session: ImapSession,
  change: MailChange,
  again: boolean,
  progress: ChangeProgress,
): Promise<void> {
  switch (change.type) {
    case 'set-keyword':
      return setKeyword(session, change, progress);
    case 'move':
      return change.by ? archive(session, change, again, progress) : move(session, change, again, progress);
    case 'copy':
      return copy(session, change, again, progress.outcome);
    case 'remove-attachments':
      return removeAttachments(session, change, again, progress.outcome);
    case 'destroy': {
      const { mailbox, uidValidity } = sourceOf(change);
      const { kept } = await destroyMessages(session, mailbox, uidValidity, seen(change));
      progress.outcome.kept += kept;
    }
  }
}

async function setKeyword(
  session: ImapSession,
  change: ChangeOf<'set-keyword'>,
  progress: ChangeProgress,
): Promise<void> {
  const { keyword, value } = change;
  const { outcome } = progress;
  const { mailbox, uidValidity } = sourceOf(change);
  const uids = toUidSet(change.messages.map(({ uid }) => uid));
  await spareFromTasks(session.accountKey, { mailbox, uidValidity, keyword, uids });
  const { isLast } = ownChanges(session.id, mailbox, uidValidity);
  const stored = await storeKeyword(session, mailbox, uidValidity, seen(change), keyword, value, isLast);
  progress.events.push({ type: 'keywords-changed', mailbox, uidValidity, changes: stored.changes });
  outcome.kept += stored.modified.length;
  outcome.gone += change.messages.length - stored.changes.length;
  const modseqs = new Map(stored.changes.map(({ uid, modseq }) => [uid, modseq]));
  const messages = stored.changed.map((uid) => {
    const modseq = modseqs.get(uid) ?? '0';
    return { mailbox, uidValidity, uid, ...(modseq === '0' ? {} : { unchangedSince: modseq }) };
  });
  if (messages.length > 0) outcome.undo.push({ type: 'set-keyword', messages, keyword, value: !value });
}

/** Each into the mailbox of its date. Done again, those that are filed already are in none, and those left are filed. */
async function archive(
  session: ImapSession,
  { by, as, ...change }: ChangeOf<'move'>,
  again: boolean,
  progress: ChangeProgress,
): Promise<void> {
  if (!by) throw new MailError('invalid-input');
  const uids = change.messages.map(({ uid }) => uid);
  const target = { to: change.to, as, by };
  const filed = await fileByDate(session, session.commands, sourceOf(change), toUidSet(uids), target);
  let left = uids.length;
  for (const [to, own] of filed) {
    left -= countUids(own);
    const messages = change.messages.filter(({ uid }) => hasUid(own, uid));
    await move(session, { ...change, messages, to, make: true }, again, progress);
  }
  if (!again) progress.outcome.gone += left;
}

async function move(
  session: ImapSession,
  change: ChangeOf<'move'>,
  again: boolean,
  progress: ChangeProgress,
): Promise<void> {
  const { outcome } = progress;
  const source = sourceOf(change);
  const uids = change.messages.map(({ uid }) => uid);
  if (change.to === source.mailbox) {
    const stored = await storeKeywords(session, source, uids, change.keywords ?? []);
    outcome.undo.push(...stored.map(({ uids: changed, ...one }) => takenBack(source, changed, one)));
    return;
  }
  const options = { again, keywords: change.keywords ?? [], stored: [] };
  const moving = (target: string) => moveMessages(session, source, uids, target, options);
  const { to, result } = await into(session, change, moving, progress.made);
  if (change.tidy) await tidyMailboxes(session, change.tidy);
  outcome.gone += result.gone;
  const targets = place(outcome, source, to, result.copied);
  const ofAll: NonNullable<typeof change.keywords> = [];
  for (const { keyword, value, uids: changed } of result.keywords) {
    const messages = changed.flatMap((uid) => targets.get(uid) ?? []);
    if (messages.length === targets.size) ofAll.push({ keyword, value: !value });
    else if (messages.length > 0) outcome.undo.push({ type: 'set-keyword', messages, keyword, value: !value });
  }
  if (targets.size === 0) return;
  const tidy = madeFor(to, progress.made);
  const back = {
    type: 'move' as const,
    messages: [...targets.values()],
    to: source.mailbox,
    ...(tidy.length > 0 ? { tidy } : {}),
    ...(change.tidy ? { make: true as const } : {}),
  };
  outcome.undo.push(ofAll.length > 0 ? { ...back, keywords: ofAll } : back);
}

function takenBack(
  { mailbox, uidValidity }: Pick<MessageRef, 'mailbox' | 'uidValidity'>,
  uids: readonly number[],
  { keyword, value }: { keyword: Keyword; value: boolean },
): ChangeOf<'set-keyword'> {
  return {
    type: 'set-keyword',
    messages: uids.map((uid) => ({ mailbox, uidValidity, uid })),
    keyword,
    value: !value,
  };
}

async function copy(
  session: ImapSession,
  change: ChangeOf<'copy'>,
  again: boolean,
  outcome: ChangeOutcome,
): Promise<void> {
  const source = sourceOf(change);
  const uids = change.messages.map(({ uid }) => uid);
  const { copied, gone } = await copyMessages(session, source, uids, change.to, { again });
  outcome.gone += gone;
  if (!copied || copied.uids.length === 0) return;
  const messages = copied.uids.map(([, uid]) => ({ mailbox: change.to, uidValidity: copied.uidValidity, uid }));
  outcome.undo.push({ type: 'destroy', messages });
}

/**
 * One after the other: each is stored anew before its original goes. What takes it back puts the new one into the trash in turn, so that
 * nothing is ever destroyed and it can be done again.
 */
async function removeAttachments(
  session: ImapSession,
  change: ChangeOf<'remove-attachments'>,
  again: boolean,
  outcome: ChangeOutcome,
): Promise<void> {
  const source = sourceOf(change);
  if (change.to === source.mailbox) throw new MailError('invalid-input');
  for (const ref of change.messages) {
    const stored = await storeWithoutAttachments(session, ref, change.language);
    const { to, result } = await into(
      session,
      change,
      (target) => moveMessages(session, source, [ref.uid], target, { again, keywords: [] }),
      new Set(),
    );
    outcome.gone += result.gone;
    outcome.placed.push({ from: source, to: source, uids: [[ref.uid, stored.uid]] });
    const original = result.copied?.uids.map(([, uid]) => ({
      mailbox: to,
      uidValidity: result.copied?.uidValidity ?? 0,
      uid,
    }));
    if (!original?.length) continue; // Nobody can tell where it is: nothing may take the new one away.
    outcome.undo.push({ type: 'move', messages: original, to: source.mailbox });
    outcome.undo.push({ type: 'move', messages: [stored], to });
  }
}

/** Runs with the target, which is made first where it is missing and the change says for what use. */
async function into<T>(
  session: ImapSession,
  { to, as, make }: Pick<ChangeOf<'move'>, 'to' | 'as' | 'make'>,
  run: (target: string) => Promise<T>,
  /** Takes the names of mailboxes that were made for no use in particular. */
  makes: Set<string>,
): Promise<{ to: string; result: T }> {
  try {
    return { to, result: await run(to) };
  } catch (error) {
    if (!(as || make) || !isMailError(error) || error.code !== 'target-missing') throw error;
    if (make) {
      for (const path of await makeMailboxes(session, to)) makes.add(path);
      return { to, result: await run(to) };
    }
    const made = await makeMailboxFor(session, as ?? null, to);
    return { to: made, result: await run(made) };
  }
}

function place(
  outcome: ChangeOutcome,
  from: { mailbox: string; uidValidity: number },
  to: string,
  copied: CopiedUids | null,
): Map<number, MessageRef> {
  if (!copied || copied.uids.length === 0) return new Map();
  const target = { mailbox: to, uidValidity: copied.uidValidity };
  outcome.placed.push({ from, to: target, uids: copied.uids });
  return new Map(copied.uids.map(([uid, targetUid]) => [uid, { ...target, uid: targetUid }]));
}

function seen({ messages }: MailChange): { uid: number; modseq: string }[] {
  return messages.map(({ uid, unchangedSince }) => ({ uid, modseq: unchangedSince ?? '0' }));
}

/** All messages here are of one mailbox. */
function sourceOf({ messages }: MailChange): { mailbox: string; uidValidity: number } {
  const [first] = messages;
  if (!first) throw new MailError('invalid-input');
  return { mailbox: first.mailbox, uidValidity: first.uidValidity };
}
