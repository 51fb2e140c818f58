import type { MailEvent, UidSet } from '#lib/mail/event.ts';
import type { MailboxCounts } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { compareModseq, parseSyncToken } from '#lib/mail/sync-token.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { subtractUids, toUidSet, uidsBelow, uniteUids } from '#lib/mail/uid-set.ts';
import { modseqOf, setKeywords, toEntries, withoutExpunged } from './list-state.ts';
import type { ListState } from './list-state.ts';

const maxLogEntries = 200;
const maxLoggedChanges = 500;

/**
 * Applies the facts of one frame. A frame that reaches no further than the state is an echo of what is known; of it only
 * keywords count, message by message. Answers the same object when nothing changed, null after a reset.
 */
export function applyFrame(state: ListState, token: SyncToken | null, events: readonly MailEvent[]): ListState | null {
  const mine = events.filter((event) => 'mailbox' in event && event.mailbox === state.mailbox);
  if (mine.length === 0) return state;
  const counts = mine.find((event) => event.type === 'mailbox-counts')?.counts;
  if (mine.some((event) => event.type === 'reset')) return null;
  if (counts && counts.uidValidity !== state.uidValidity) return null;
  const reached = token ? parseSyncToken(token) : null;
  const isNews = reached !== null && compareModseq(reached.modseq, modseqOf(state.token)) > 0;
  let next = state;
  let arrivals = 0;
  const gone: UidSet = [];
  for (const event of mine) {
    if ('uidValidity' in event && event.uidValidity !== state.uidValidity) continue;
    if (event.type === 'keywords-changed') next = setKeywords(next, event.changes);
    if (event.type === 'keywords-untold' && isNews) next = { ...next, isStale: true };
    if (event.type === 'messages-gone' && isNews) {
      const news = state.log.reduce((left, entry) => subtractUids(left, entry.gone), event.uids);
      gone.push(...news); // Also what came and went since: a window read in between has it.
      next = withoutExpunged(next, uidsBelow(news, state.uidNext));
    }
    if (event.type === 'messages-arrived') {
      next = setKeywords(next, event.messages);
      if (!isNews) continue;
      const fresh = event.messages.filter(({ uid }) => uid >= state.uidNext);
      arrivals += fresh.length + event.omitted;
      next = append(next, fresh, event.omitted);
    }
  }
  if (!counts || (reached !== null && !isNews)) return next;
  if (reached) next = writeLog(next, gone, mine, reached.modseq);
  return settle(next, counts, reached !== null, arrivals);
}

function writeLog(state: ListState, gone: UidSet, events: readonly MailEvent[], to: string): ListState {
  const changes = events.flatMap((event) => {
    if (event.type === 'keywords-changed') return event.changes;
    return event.type === 'messages-arrived' ? event.messages : [];
  });
  const isUntold = events.some(({ type }) => type === 'keywords-untold');
  if (isUntold || changes.length > maxLoggedChanges) return { ...state, log: [], logSince: to };
  const from = modseqOf(state.token);
  const kept = changes.map(({ uid, modseq, keywords }) => ({ uid, modseq, keywords }));
  const [oldest] = state.log;
  const isFull = state.log.length >= maxLogEntries;
  return {
    ...state,
    log: [...(isFull ? state.log.slice(1) : state.log), { gone, changes: kept, from, to }],
    logSince: isFull && oldest ? oldest.to : state.logSince,
  };
}

function append(state: ListState, arrived: readonly MessageSummary[], omitted: number): ListState {
  const first = state.messages + omitted + 1;
  const rows = new Map(state.rows);
  for (const row of arrived) rows.set(row.uid, row);
  const messages = state.messages + omitted + arrived.length;
  const uids = state.uids && omitted === 0 ? uniteUids(state.uids, toUidSet(arrived.map(({ uid }) => uid))) : null;
  return { ...state, messages, rows, uids, entries: [...state.entries, ...toEntries(arrived, first)] };
}

/** Takes over the counts; where they disagree with the facts, positions can no longer be trusted. */
function settle(state: ListState, counts: MailboxCounts, isExact: boolean, arrivals: number): ListState {
  const { messages, unseen, uidNext, token } = counts;
  const moved = messages !== state.messages || (arrivals === 0 && uidNext !== state.uidNext && !isExact);
  const isSame = !moved && unseen === state.unseen && uidNext === state.uidNext && token === state.token;
  // Without modseqs nobody tells which flags are other, only that some may be: what is in sight is read again.
  const isUntold = !isExact && (unseen !== state.unseen || token === null);
  if (isSame && !isUntold) return state;
  const uids = moved || (!isExact && uidNext !== state.uidNext) ? null : state.uids;
  return { ...state, messages, unseen, uidNext, token, uids, isStale: state.isStale || moved || isUntold };
}
