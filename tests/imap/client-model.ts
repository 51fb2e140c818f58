import type { MailChange } from '#lib/mail/change.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import { toFrames } from '#lib/client/feed/to-frames.ts';
import { applyFrame } from '#lib/client/message-list/apply-frame.ts';
import { fromWindow } from '#lib/client/message-list/list-state.ts';
import { mergeWindow } from '#lib/client/message-list/merge-window.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { readChanges } from '#server/mail/read-changes.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import type { ImapSession } from '#server/imap/sessions.ts';

/** A browser without its screen: the data layer of lib/client on a session's feed, as list-loader and use-change drive it. */
export interface ClientModel {
  state(): ListState;
  /** Reads a stretch, as scrolling does. */
  look(from: number, to: number): Promise<void>;
  change(change: MailChange): Promise<void>;
  /** What a tab does when it wakes: everything since its token. */
  catchUp(): Promise<void>;
  leave(): void;
}

const rows = 50;

export async function openClientModel(session: ImapSession, mailbox: string): Promise<ClientModel> {
  const missed: { token: string | null; events: readonly MailEvent[] }[] = [];
  let current: ListState | null = null;
  const apply = (token: string | null, events: readonly MailEvent[]) => {
    if (!current) return void missed.push({ token, events });
    const next = applyFrame(current, token, events);
    if (next) current = next;
    else stale = true;
  };
  let stale = false;
  const unsubscribe = sessionFeed(session).subscribe({ onFrame: ({ token, events }) => apply(token, events), onEnd() {} });
  const state = () => {
    if (!current) throw new Error('Not read yet');
    return current;
  };

  async function readAnew(): Promise<void> {
    stale = false;
    current = fromWindow(await readWindow(session, mailbox, { newest: rows }));
  }

  async function catchUp(): Promise<void> {
    if (stale) return readAnew();
    const known = parseSyncToken(state().token ?? '');
    if (!known) return readAnew();
    const frame = await readChanges(session, mailbox, { ...known, uidNext: state().uidNext });
    const next = applyFrame(state(), frame.token, frame.events);
    if (next) current = next;
    else await readAnew();
  }

  await readAnew();
  for (const { token, events } of missed.splice(0)) apply(token, events);
  return {
    state,
    async look(from, to) {
      const window = await readWindow(session, mailbox, { from, to });
      let merged = mergeWindow(state(), window);
      if (merged.outcome === 'ahead') {
        await catchUp();
        merged = mergeWindow(state(), window);
      }
      if (merged.outcome === 'merged') current = merged.state;
    },
    async change(change) {
      const { events } = await executeChange(session, change);
      for (const frame of toFrames(events)) apply(frame.token, frame.events);
    },
    catchUp,
    leave: unsubscribe,
  };
}
