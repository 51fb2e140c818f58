import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { UidSet } from '#lib/mail/event.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MailAct } from '#lib/mail/task.ts';
import {
  countUids,
  eachUid,
  formatUidSet,
  intersectUids,
  parseUidSet,
  subtractUids,
  toUidSet,
  uniteUids,
} from '#lib/mail/uid-set.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { checkWritable, keepsFlag, keptOf } from './check-writable.ts';
import { expungeUids } from './expunge-uids.ts';
import { havingKeyword, searchUids, withUids } from './search-uids.ts';
import type { OwnChanges } from './own-changes.ts';
import { isGmailLabel, labelOperation, storingLabel } from './gmail-labels.ts';
import { toFlag } from './keywords.ts';
import { atom, execCommand, execTakingLines, mailboxName, responseCodeOf, sequence, textOf } from './protocol.ts';
import type { ParsedNode, Token, Untagged } from './protocol.ts';

/** What one act did to some messages of the selected mailbox. */
export interface ActOutcome {
  /** Those whose keyword changed; for all other acts those it reached. */
  changed: UidSet;
  /** Left alone because they were changed after `unchangedSince`. */
  kept: UidSet;
  /** The greatest modseq it led to; null where the server tells none. */
  modseq: string | null;
  /** Where they are now, corresponding by place to `from`; null where the server does not tell. */
  placed: { uidValidity: number; from: UidSet; to: UidSet } | null;
}

/** What an act found before its command was first sent: when the answer was lost, only this tells what it changed. */
export interface ActMemory {
  wanting?: UidSet;
}

/**
 * Does one thing to messages of the selected mailbox, which are few enough for one command. `unchangedSince` spares those
 * that were changed after this modseq (UNCHANGEDSINCE, RFC 7162 section 3.1.3) by anybody but us. Throws what imapflow throws, and
 * permission-denied for a mailbox that may only be read.
 */
export async function actOnUids(
  client: ImapFlow,
  mailbox: MailboxObject,
  act: MailAct,
  uids: UidSet,
  unchangedSince: string | null,
  memory: ActMemory,
  own: OwnChanges,
): Promise<ActOutcome> {
  if (act.type !== 'copy') checkWritable(mailbox);
  const done: ActOutcome = { changed: uids, kept: [], modseq: null, placed: null };
  if (uids.length === 0) return done;
  switch (act.type) {
    case 'set-keyword': {
      const flag = toFlag(act.keyword);
      if (!isGmailLabel(client, act.keyword) && !keepsFlag(mailbox, flag))
        throw new MailError(flag.startsWith('\\') ? 'permission-denied' : 'keyword-refused');
      return storeOnUids(client, act, uids, mailbox.noModseq ? null : unchangedSince, memory, own);
    }
    case 'copy':
      return copyUids(client, uids, act.to);
    case 'move': {
      if (client.capabilities.has('MOVE') || client.capabilities.has('IMAP4rev2')) {
        const placed = await transfer(client, 'UID MOVE', uids, act.to);
        return { ...done, changed: placed?.from ?? unplaced(client, uids), placed };
      }
      const placed = await transfer(client, 'UID COPY', uids, act.to);
      const copied = placed?.from ?? unplaced(client, uids);
      if (copied.length > 0) await expungeUids(client, [...eachUid(copied)]);
      return { ...done, changed: copied, placed };
    }
    case 'destroy':
      await expungeUids(client, [...eachUid(uids)]);
      return done;
  }
}

/** What a move sets before the messages go is set as far as the mailbox takes it; where they are there already that is all. */
export function withKeywords(act: MailAct, mailbox: MailboxObject): MailAct[] {
  if (act.type !== 'move' || !act.keywords) return [act];
  const kept = keptOf(mailbox, act.keywords).map((one): MailAct => ({ type: 'set-keyword', ...one }));
  return act.to === mailbox.path ? kept : [...kept, act];
}

async function copyUids(client: ImapFlow, uids: UidSet, to: string): Promise<ActOutcome> {
  const placed = await transfer(client, 'UID COPY', uids, to);
  return { changed: placed?.from ?? unplaced(client, uids), kept: [], modseq: null, placed };
}

/** A server that tells where messages went and tells nothing found none of them. */
function unplaced({ capabilities }: ImapFlow, uids: UidSet): UidSet {
  return capabilities.has('UIDPLUS') || capabilities.has('IMAP4rev2') ? [] : uids;
}

async function storeOnUids(
  client: ImapFlow,
  { keyword, value }: Extract<MailAct, { type: 'set-keyword' }>,
  uids: UidSet,
  unchangedSince: string | null,
  memory: ActMemory,
  own: OwnChanges,
): Promise<ActOutcome> {
  // Those that have it already are not touched, nor is it taken from them when this is taken back.
  memory.wanting ??= await searchUids(client, [
    ...withUids(formatUidSet(uids)),
    ...havingKeyword(client, keyword, !value),
  ]);
  const wanting = intersectUids(memory.wanting, uids); // Tried again, fewer may be meant.
  const isConditional = unchangedSince !== null && hasModseqs(client);
  if (isGmailLabel(client, keyword))
    return labelUids(client, keyword, value, wanting, isConditional ? unchangedSince : null, own);
  if (wanting.length === 0) return { changed: [], kept: [], modseq: null, placed: null };
  const told = makeTold();
  async function store(some: UidSet, since: string | null): Promise<UidSet> {
    const condition = since === null ? [] : [[atom('UNCHANGEDSINCE'), atom(since)] satisfies Token[]];
    const operation = [atom(`${value ? '+' : '-'}FLAGS.SILENT`), [atom(toFlag(keyword))] satisfies Token[]];
    const command = [sequence(formatUidSet(some)), ...condition, ...operation];
    // Also a silent STORE tells the modseq of every message it changed (RFC 7162 section 3.1.3).
    return modifiedUids(await execTakingLines(client, 'UID STORE', command, told.take));
  }
  let kept = await store(wanting, isConditional ? unchangedSince : null);
  for (const [since, some] of await ownOf(client, kept, own))
    kept = uniteUids(subtractUids(kept, some), await store(some, since));
  const changed = subtractUids(wanting, kept);
  const { low, high } = told.modseqs();
  if (low !== null && high !== null) own.note(changed, low, high);
  return { changed, kept, modseq: high ?? (await readModseqs(client, changed)).high, placed: null };
}

/** The modseqs that lines about messages tell. */
function makeTold() {
  let low: string | null = null;
  let high: string | null = null;
  let last: string | null = null;
  return {
    take(this: void, line: string): boolean {
      const told = modseqOf(line);
      if (told === null || told === last) return told !== null; // Mostly it is the same for thousands.
      last = told;
      if (low === null || compareModseq(told, low) < 0) low = told;
      if (high === null || compareModseq(told, high) > 0) high = told;
      return true;
    },
    modseqs: (): { low: string | null; high: string | null } => ({ low, high }),
  };
}

/** Of messages that were changed, those that we changed last, by the modseq they have now. */
async function ownOf(client: ImapFlow, uids: UidSet, own: OwnChanges): Promise<Map<string, UidSet>> {
  const found = new Map<string, number[]>();
  if (uids.length === 0) return new Map();
  await execTakingLines(client, 'UID FETCH', [sequence(formatUidSet(uids)), [atom('MODSEQ')]], (line) => {
    const [, uid, modseq] = modseqLine.exec(line) ?? [];
    if (uid === undefined || modseq === undefined) return false;
    if (own.isLast(Number(uid), modseq)) found.set(modseq, [...(found.get(modseq) ?? []), Number(uid)]);
    return true;
  });
  return new Map([...found].map(([modseq, some]) => [modseq, toUidSet(some)]));
}

/** The same with a label of Gmail's. Nobody says that UNCHANGEDSINCE holds for these: what changed since is looked for. */
async function labelUids(
  client: ImapFlow,
  keyword: Keyword,
  value: boolean,
  wanting: UidSet,
  unchangedSince: string | null,
  own: OwnChanges,
): Promise<ActOutcome> {
  let kept: UidSet = [];
  if (unchangedSince !== null && wanting.length > 0) {
    const later = [atom('MODSEQ'), atom(`${BigInt(unchangedSince) + 1n}`)];
    kept = await searchUids(client, [...withUids(formatUidSet(wanting)), ...later]);
    for (const some of (await ownOf(client, kept, own)).values()) kept = subtractUids(kept, some);
  }
  const changed = subtractUids(wanting, kept);
  if (changed.length > 0) {
    const command = [sequence(formatUidSet(changed)), ...labelOperation(client, keyword, value)];
    await storingLabel(client, keyword, value, () => execCommand(client, 'UID STORE', command));
  }
  const { low, high } = await readModseqs(client, changed);
  if (low !== null && high !== null) own.note(changed, low, high);
  return { changed, kept, modseq: high, placed: null };
}

/** The modseqs of some messages, for when the command that changed them was done already and told none. */
async function readModseqs(client: ImapFlow, uids: UidSet): Promise<{ low: string | null; high: string | null }> {
  const told = makeTold();
  if (uids.length > 0 && hasModseqs(client))
    await execTakingLines(client, 'UID FETCH', [sequence(formatUidSet(uids)), [atom('MODSEQ')]], told.take);
  return told.modseqs();
}

const modseqLine = /^\* \d+ FETCH \(UID (\d+) MODSEQ \((\d{1,19})\)\)\r?\n?$/;

function modseqOf(line: string): string | null {
  return modseqLine.exec(line)?.[2] ?? null;
}

function hasModseqs({ enabled }: ImapFlow): boolean {
  return enabled.has('CONDSTORE') || enabled.has('QRESYNC');
}

/** `[MODIFIED set]`: those that the condition spared. */
function modifiedUids(answer: Untagged): UidSet {
  const code = responseCodeOf(answer);
  return code?.code === 'MODIFIED' ? parseUidSet(code.value) : [];
}

async function transfer(
  client: ImapFlow,
  command: 'UID MOVE' | 'UID COPY',
  uids: UidSet,
  to: string,
): Promise<ActOutcome['placed']> {
  let placed: ActOutcome['placed'] = null;
  const answer = await execTakingLines(
    client,
    command,
    [sequence(formatUidSet(uids)), mailboxName(client, to)],
    (line) => takeExpunged(client, line),
    {
      OK: (untagged) => {
        placed = placementOf(untagged) ?? placed; // MOVE says it before the messages go (RFC 6851 section 4.3).
      },
    },
  );
  return placementOf(answer) ?? placed;
}

/** Counts what went in imapflow's place: it would tell of each message by itself. */
function takeExpunged({ mailbox }: ImapFlow, line: string): boolean {
  const vanished = /^\* VANISHED ([\d:,]+)\r?\n?$/.exec(line)?.[1];
  const gone = vanished ? countUids(parseUidSet(vanished)) : /^\* \d+ EXPUNGE\r?\n?$/.test(line) ? 1 : 0;
  if (mailbox) mailbox.exists = Math.max(0, mailbox.exists - gone);
  return gone > 0;
}

/** `[COPYUID uidvalidity source-set target-set]` (RFC 4315 section 3), whose sets correspond by place: only ascending ones are believed. */
function placementOf({ attributes }: Untagged): ActOutcome['placed'] {
  const [code, validity, source, target] = sectionOf(attributes).map((node) => textOf(node) ?? '');
  if (code?.toUpperCase() !== 'COPYUID') return null;
  const uidValidity = Number(validity);
  const [from, to] = [ascending(source ?? ''), ascending(target ?? '')];
  const fits = from !== null && to !== null && countUids(from) === countUids(to);
  return fits && Number.isSafeInteger(uidValidity) && uidValidity > 0 ? { uidValidity, from, to } : null;
}

function ascending(text: string): UidSet | null {
  const set = parseUidSet(text);
  const isAscending = text
    .split(/[,:]/)
    .every((uid, index, all) => index === 0 || Number(uid) > Number(all[index - 1]));
  return isAscending ? set : null;
}

function sectionOf(attributes: ParsedNode[] | undefined): ParsedNode[] {
  const [first] = attributes ?? [];
  return (first && !Array.isArray(first) && first.section) || [];
}
