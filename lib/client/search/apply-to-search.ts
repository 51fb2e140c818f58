import type { KeywordsOfMessage, MailEvent } from '#lib/mail/event.ts';
import type { MessageSummary } from '#lib/mail/message.ts';
import { compareModseq, parseSyncToken } from '#lib/mail/sync-token.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';
import { hasUid } from '#lib/mail/uid-set.ts';
import { refName, withMailbox } from './search-state.ts';
import type { SearchState } from './search-state.ts';

/** Applies the facts of one frame; the same object when nothing concerns the results. */
export function applyToSearch(state: SearchState, events: readonly MailEvent[]): SearchState {
  const told = new Set(
    events.flatMap((event) => (event.type !== 'mailbox-counts' && 'mailbox' in event ? event.mailbox : [])),
  );
  return events.reduce((now, event) => applyFact(now, event, told), state);
}

/** `told`: the mailboxes of which more than the counts is told. */
function applyFact(state: SearchState, event: MailEvent, told: ReadonlySet<string>): SearchState {
  const mailbox = 'mailbox' in event ? state.mailboxes.get(event.mailbox) : undefined;
  if (!mailbox || !('mailbox' in event)) return state;
  const isOther = 'uidValidity' in event && event.uidValidity !== mailbox.uidValidity;
  switch (event.type) {
    case 'keywords-changed':
      return isOther ? state : setKeywords(state, event.mailbox, event.changes);
    case 'messages-gone': {
      if (isOther) return state;
      const order = state.order.filter((id) => {
        const ref = state.refs[id];
        return ref?.mailbox !== event.mailbox || !hasUid(event.uids, ref.uid);
      });
      return order.length === state.order.length ? state : { ...state, order };
    }
    case 'messages-arrived':
      return isOther ? state : setKeywords(state, event.mailbox, event.messages);
    case 'mailbox-counts': {
      const { uidNext, token, uidValidity } = event.counts;
      if (uidValidity !== mailbox.uidValidity || isOlder(token, mailbox.token)) return state;
      const heardUidNext = Math.max(mailbox.heardUidNext, uidNext);
      // Without modseqs nothing more is ever told: what is in sight is looked at again.
      const now = token === null ? withDated(state, event.mailbox) : state;
      const isTold = token === null || told.has(event.mailbox);
      if (heardUidNext === mailbox.heardUidNext && token === (isTold ? mailbox.token : mailbox.heardToken)) return now;
      const states = isTold ? { token, heardToken: token } : { heardToken: token };
      return withMailbox(now, event.mailbox, { ...mailbox, heardUidNext, ...states });
    }
    case 'keywords-untold':
      return isOther ? state : withDated(state, event.mailbox);
    case 'reset':
      return { ...state, isStale: true };
    default:
      return state;
  }
}

function isOlder(told: SyncToken | null, known: SyncToken | null): boolean {
  const [a, b] = [told, known].map((token) => (token ? parseSyncToken(token) : null));
  return Boolean(a && b && compareModseq(a.modseq, b.modseq) < 0);
}

function withDated(state: SearchState, mailbox: string): SearchState {
  const own = [...state.rows.keys()].filter((id) => state.refs[id]?.mailbox === mailbox);
  return own.length > 0 ? { ...state, dated: new Set([...state.dated, ...own]) } : state;
}

function setKeywords(state: SearchState, mailbox: string, changes: readonly KeywordsOfMessage[]): SearchState {
  let rows: Map<number, MessageSummary> | null = null;
  for (const { uid, modseq, keywords } of changes) {
    const id = state.ids.get(refName({ mailbox, uid }));
    const row = id === undefined ? undefined : state.rows.get(id);
    if (id === undefined || !row || (modseq !== '0' && compareModseq(modseq, row.modseq) <= 0)) continue;
    rows ??= new Map(state.rows);
    rows.set(id, { ...row, modseq, keywords });
  }
  return rows ? { ...state, rows } : state;
}
