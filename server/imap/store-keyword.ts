import 'server-only';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailError } from '#lib/errors.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isSameKeyword } from '#lib/mail/label.ts';
import type { KeywordsOfMessage, UidSet } from '#lib/mail/event.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { formatUidSet, hasUid, parseUidSet, toUidSet } from '#lib/mail/uid-set.ts';
import { checkUidValidity } from './check-uid-validity.ts';
import { checkWritable, keepsFlag } from './check-writable.ts';
import { compareModseq } from '#lib/mail/sync-token.ts';
import { ownChanges } from './own-changes.ts';
import type { OwnChanges } from './own-changes.ts';
import { isGmailLabel, labelOperation, storingLabel } from './gmail-labels.ts';
import { toFlag, toKeywords } from './keywords.ts';
import { answerOfRefusal, atom, execCommand, responseCodeOf, sequence } from './protocol.ts';
import type { Token } from './protocol.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** A message and, where it may only be changed as it was seen, the modseq it was seen at; "0" for in any case. */
export interface SeenMessage {
  uid: number;
  modseq: string;
}

export interface StoredKeyword {
  /** The keywords all of them have now; a message that is gone has no entry, and is no error. */
  changes: KeywordsOfMessage[];
  /** Those that had it otherwise before, and have it so now. */
  changed: number[];
  /** Those that something happened to since they were seen: they are as before. */
  modified: number[];
}

/**
 * Adds or removes one keyword (UID STORE +FLAGS or -FLAGS, RFC 9051 section 6.4.6): these commute, so two devices never
 * overwrite each other. With a modseq only if nothing happened to the message since (UNCHANGEDSINCE, RFC 7162 section
 * 3.1.3); without CONDSTORE nobody can tell; what is `isOurs` is nothing that happened to it. imapflow's own STORE
 * answers true where the server skipped messages. Throws keyword-refused where the mailbox takes no such keyword.
 */
export async function storeKeyword(
  session: ImapSession,
  mailboxPath: MailboxPath,
  uidValidity: number,
  messages: readonly SeenMessage[],
  keyword: Keyword,
  value: boolean,
  isOurs: OwnChanges['isLast'] = () => false,
): Promise<StoredKeyword> {
  return withMailbox(session.commands, mailboxPath, async ({ client, mailbox }) => {
    checkUidValidity(mailbox, uidValidity);
    checkWritable(mailbox);
    const flag = toFlag(keyword);
    if (!isGmailLabel(client, keyword) && !keepsFlag(mailbox, flag))
      throw new MailError(flag.startsWith('\\') ? 'permission-denied' : 'keyword-refused');
    const { note } = ownChanges(session.id, mailboxPath, uidValidity);
    return storeOn(client, mailbox, messages, keyword, value, { note, isLast: isOurs });
  });
}

/** The same in the mailbox that is selected, and without asking whether it takes the keyword. */
async function storeOn(
  client: ImapFlow,
  mailbox: MailboxObject,
  messages: readonly SeenMessage[],
  keyword: Keyword,
  value: boolean,
  own: OwnChanges,
): Promise<StoredKeyword> {
  const before = await readKeywords(client, toUidSet(messages.map(({ uid }) => uid)));
  const differing = new Set(
    before.filter(({ keywords }) => keywords.includes(keyword) !== value).map(({ uid }) => uid),
  );
  if (differing.size === 0) return { changes: before, changed: [], modified: [] };
  const modseqs = new Map(before.map(({ uid, modseq }) => [uid, modseq]));
  /** What we did to it ourselves since it was seen is nothing that anybody else did. */
  function sinceOurs(message: SeenMessage): SeenMessage {
    const now = modseqs.get(message.uid) ?? '0';
    return message.modseq !== '0' && own.isLast(message.uid, now) ? { ...message, modseq: now } : message;
  }
  const canTell = client.enabled.has('CONDSTORE') && !mailbox.noModseq; // RFC 7162 section 3.1.2.2: it would be a BAD.
  const wanted = messages.filter(({ uid }) => differing.has(uid)).map(sinceOurs);
  const isLabel = isGmailLabel(client, keyword);
  const skipped: UidSet = [];
  for (const [modseq, all] of Map.groupBy(wanted, (message) => (canTell ? message.modseq : '0'))) {
    // Nobody says that UNCHANGEDSINCE holds for labels: what was read a moment ago decides.
    const isOther = ({ uid }: SeenMessage) =>
      isLabel && modseq !== '0' && compareModseq(modseqs.get(uid) ?? '0', modseq) > 0;
    skipped.push(...toUidSet(all.filter(isOther).map(({ uid }) => uid)));
    const group = all.filter((message) => !isOther(message));
    if (group.length === 0) continue;
    const since = modseq === '0' || isLabel ? [] : [[atom('UNCHANGEDSINCE'), atom(modseq)]];
    const set = sequence(formatUidSet(toUidSet(group.map(({ uid }) => uid))));
    const command = [set, ...since, ...operation(client, keyword, value)];
    const store = () => storeAndTellModified(client, command);
    skipped.push(...(await (isLabel ? storingLabel(client, keyword, value, store) : store())));
  }
  const after = new Map((await readKeywords(client, toUidSet(differing))).map((row) => [row.uid, row]));
  const modified = [...after.keys()].filter((uid) => hasUid(skipped, uid)); // Dovecot counts one that is gone as modified.
  // One that another client set otherwise between the two commands is theirs already.
  const changed = [...after.values()].filter(
    ({ uid, keywords }) => !modified.includes(uid) && keywords.includes(keyword) === value,
  );
  for (const [modseq, rows] of Map.groupBy(changed, (row) => row.modseq))
    if (canTell) own.note(toUidSet(rows.map(({ uid }) => uid)), modseq, modseq);
  return {
    changes: before.flatMap((row) => (differing.has(row.uid) ? (after.get(row.uid) ?? []) : row)),
    changed: changed.map(({ uid }) => uid),
    modified,
  };
}

/**
 * Several keywords of the same messages in the mailbox that is selected: first those that are wanted on, in one command, then those
 * that are wanted off. Answers which of them changed on which messages.
 */
export async function storeAll(
  client: ImapFlow,
  uids: readonly number[],
  keywords: readonly { keyword: Keyword; value: boolean }[],
): Promise<{ keyword: Keyword; value: boolean; uids: number[] }[]> {
  if (keywords.length === 0) return [];
  const before = await readKeywords(client, toUidSet(uids));
  const changes = keywords.map(({ keyword, value }) => ({
    keyword,
    value,
    uids: before.filter((row) => has(row, keyword) !== value).map(({ uid }) => uid),
  }));
  for (const value of [true, false]) {
    const wanted = changes.filter((change) => change.value === value && change.uids.length > 0);
    if (wanted.length === 0) continue;
    const set = sequence(formatUidSet(toUidSet(wanted.flatMap((change) => change.uids))));
    const flags = wanted.map(({ keyword }) => atom(toFlag(keyword)));
    await execCommand(client, 'UID STORE', [set, atom(value ? '+FLAGS.SILENT' : '-FLAGS.SILENT'), flags]);
  }
  return changes.filter((change) => change.uids.length > 0);
}

function has({ keywords }: KeywordsOfMessage, keyword: Keyword): boolean {
  return keywords.some((one) => isSameKeyword(one, keyword));
}

/** MODIFIED comes with the OK, and with a NO where messages are gone besides (RFC 7162 section 3.1.3, example 12). */
async function storeAndTellModified(client: ImapFlow, command: Token[]): Promise<UidSet> {
  const answer = await execCommand(client, 'UID STORE', command).catch((error: unknown) => {
    const refusal = answerOfRefusal(error);
    if (!refusal || responseCodeOf(refusal)?.code !== 'MODIFIED') throw error;
    return refusal;
  });
  const responseCode = responseCodeOf(answer);
  return responseCode?.code === 'MODIFIED' ? parseUidSet(responseCode.value) : [];
}

function operation(client: ImapFlow, keyword: Keyword, value: boolean): Token[] {
  if (isGmailLabel(client, keyword)) return labelOperation(client, keyword, value);
  return [atom(value ? '+FLAGS.SILENT' : '-FLAGS.SILENT'), [atom(toFlag(keyword))]];
}

async function readKeywords(client: ImapFlow, set: UidSet): Promise<KeywordsOfMessage[]> {
  const rows = await client.fetchAll(formatUidSet(set), { uid: true, flags: true, labels: true }, { uid: true });
  const labels = new Map(rows.flatMap((row) => (row.labels ? [[row.uid, row.labels]] : [])));
  const read = rows.map((row) => ({
    uid: row.uid,
    modseq: (row.modseq ?? 0n).toString(),
    keywords: toKeywords(row.flags ?? [], labels.get(row.uid)),
  }));
  // What another client changes meanwhile comes as a row more; the last is the newest.
  return [...new Map(read.map((row) => [row.uid, row])).values()].filter(({ uid }) => hasUid(set, uid));
}
