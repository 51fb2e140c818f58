import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { KeywordsOfMessage, UidSet } from '#lib/mail/event.ts';
import type { MailboxCounts, MailboxPath } from '#lib/mail/mailbox.ts';
import { parseUidSet } from '#lib/mail/uid-set.ts';
import { hasGmailLabels, parsedLabels } from './gmail-labels.ts';
import { toKeywords } from './keywords.ts';
import { atom, defaultUntagged, execTakingLines, listOf, sequence, textOf } from './protocol.ts';
import type { ParsedNode, Untagged } from './protocol.ts';
import { readCounts } from './read-counts.ts';
import { readRows } from './read-rows.ts';
import type { MessageRow } from './read-rows.ts';
import type { ImapSession } from './sessions.ts';
import { withMailbox } from './with-mailbox.ts';

/** State of a mailbox as somebody saw it last. */
export interface KnownState {
  uidValidity: number;
  modseq: string;
  /** Messages with this UID or a greater one are new to them. Null: unknown, then none counts as new. */
  uidNext: number | null;
}

export type ImapDelta =
  | { kind: 'reset'; counts: MailboxCounts }
  /** The server keeps no modseq: only the counts can be told. */
  | { kind: 'counts-only'; counts: MailboxCounts }
  | {
      kind: 'delta';
      counts: MailboxCounts;
      /** Null when they are too many to be told one by one. */
      changed: KeywordsOfMessage[] | null;
      /** Null where the server cannot tell (no QRESYNC): then the counts show it. */
      gone: UidSet | null;
      arrived: MessageRow[];
      /** Arrivals beyond the limit, for which no row was read. */
      omitted: number;
    };

/** Above this the rows are left to the list, which asks for what is in sight. */
const maxArrivals = 100;
/** Above this nobody is told of each: an act on 100,000 messages is no hundred thousand facts. */
const maxChanges = 2_000;
const attempts = 3;

/**
 * What happened to a mailbox since a known state: one UID FETCH with CHANGEDSINCE and VANISHED (RFC 7162 sections 3.1.4.1
 * and 3.2.6), plus rows for the new messages. Telling a change twice is harmless, so the counts are asked for first.
 */
export async function readImapDelta(
  session: ImapSession,
  path: MailboxPath,
  known: KnownState,
  signal?: AbortSignal,
): Promise<ImapDelta> {
  return withMailbox(
    session.commands,
    path,
    async ({ client, mailbox }) => {
      for (let attempt = 1; ; attempt += 1) {
        const counts = await readCounts(client, path);
        if (counts.uidValidity !== known.uidValidity) return { kind: 'reset', counts };
        if (counts.token === null || known.modseq === '0') return { kind: 'counts-only', counts };
        const first = known.uidNext ?? counts.uidNext;
        const { changed, fresh, gone } = await readChanges(client, known.modseq, first);
        const wanted = fresh.slice(-maxArrivals);
        const arrived = wanted.length ? await readRows(client, wanted.join(','), 'uid', { withReferences: true }) : [];
        // A row that is left out is read again too; were it to stay away, the counts show that one is missing.
        const isWhole = mailbox.exists === counts.messages && arrived.length === wanted.length;
        if (!isWhole && attempt < attempts) continue;
        return {
          kind: 'delta',
          counts,
          changed,
          gone,
          arrived,
          omitted: fresh.length - wanted.length,
        };
      }
    },
    { signal },
  );
}

/**
 * The bare flags of everything changed below the UID `first`, and the UIDs from there on; read past imapflow's row mapper: that
 * one walks a vanished set UID by UID as events, and takes ten times as long per row.
 */
async function readChanges(
  client: ImapFlow,
  modseq: string,
  first: number,
): Promise<{ changed: KeywordsOfMessage[] | null; fresh: number[]; gone: UidSet | null }> {
  const canVanish = client.enabled.has('QRESYNC');
  const changed = new Map<number, KeywordsOfMessage>();
  const fresh = new Set<number>();
  const gone: UidSet = [];
  const passOn = defaultUntagged(client, 'VANISHED');
  const modifiers = [atom('CHANGEDSINCE'), atom(modseq), ...(canVanish ? [atom('VANISHED')] : [])];
  const isGmail = hasGmailLabels(client);
  const items = [atom('UID'), atom('FLAGS'), atom('MODSEQ'), ...(isGmail ? [atom('X-GM-LABELS')] : [])];
  const take = (row: KeywordsOfMessage | null) => {
    if (!row) return false;
    if (row.uid >= first) fresh.add(row.uid);
    else if (changed.size <= maxChanges) changed.set(row.uid, row);
    return true;
  };
  // Without its labels a message of Gmail's is not told: nobody asked for such a line, and the whole one comes too.
  const takeLine = (line: string) => !isGmail && take(lineToChange(line));
  await execTakingLines(client, 'UID FETCH', [sequence('1:*'), items, modifiers], takeLine, {
    FETCH: (untagged) => void take(toChange(client, untagged)),
    VANISHED: async (untagged) => {
      const [first, second] = untagged.attributes ?? [];
      gone.push(...parseUidSet(textOf(Array.isArray(first) ? second : first) ?? ''));
      // Without EARLIER it also changes the count of messages that imapflow keeps (RFC 7162 section 3.2.10).
      if (!Array.isArray(first)) await passOn(untagged);
    },
  });
  const isTold = changed.size <= maxChanges;
  return {
    changed: isTold ? [...changed.values()].sort((a, b) => a.uid - b.uid) : null,
    fresh: [...fresh].sort((a, b) => a - b),
    gone: canVanish ? gone : null,
  };
}

/** The line as nearly all servers write it; null for any other, which is parsed like everything else. */
function lineToChange(line: string): KeywordsOfMessage | null {
  const parts = /^\* \d+ FETCH \(UID ([1-9]\d{0,9}) FLAGS \(([!-'*-~ ]*)\) MODSEQ \((\d{1,19})\)\)\r?\n?$/.exec(line);
  if (!parts) return null;
  const [, uid, flags = '', modseq = '0'] = parts;
  return { uid: Number(uid), modseq, keywords: toKeywords(flags.split(' ').filter(Boolean)) };
}

function toChange(client: ImapFlow, untagged: Untagged): KeywordsOfMessage | null {
  const values = new Map<string, ParsedNode>();
  const attributes = listOf(untagged.attributes?.[1]);
  for (let i = 0; i + 1 < attributes.length; i += 2) {
    const name = textOf(attributes[i]);
    if (name) values.set(name.toUpperCase(), attributes[i + 1] ?? null);
  }
  const uid = Number(textOf(values.get('UID')));
  if (!Number.isSafeInteger(uid) || uid <= 0 || !values.has('FLAGS')) return null;
  const isGmail = hasGmailLabels(client);
  if (isGmail && !values.has('X-GM-LABELS')) return null;
  const labels = isGmail ? parsedLabels(client, listOf(values.get('X-GM-LABELS'))) : undefined;
  const flags = listOf(values.get('FLAGS'))
    .map(textOf)
    .filter((flag) => flag !== null);
  const modseq = textOf(listOf(values.get('MODSEQ'))[0]);
  return { uid, modseq: modseq && /^\d{1,19}$/.test(modseq) ? modseq : '0', keywords: toKeywords(flags, labels) };
}
