import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { parseSyncToken } from '#lib/mail/sync-token.ts';
import type { KnownState } from '#server/imap/read-delta.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import type { Line } from '#server/events/hand-over.ts';
import { buildId } from '#server/build-id.ts';
import { countStream } from '#server/events/open-streams.ts';
import { encodedPing, encodeFrame } from '#server/events/sse.ts';
import type { EventFrame } from '#server/events/sse.ts';
import { runOutside } from '#server/outside-requests.ts';
import { numberText, tokenText } from '#server/mail/inputs.ts';
import { pullDelta } from './pull-delta.ts';
import { sessionFeed } from './session-feed.ts';
import { listTasks, resumeTasks } from '#server/mail/tasks/tasks.ts';

/** A mailbox the browser holds and the state it holds it at. */
export interface ResumePoint {
  mailbox: MailboxPath;
  known: KnownState;
}

const pingMs = 15_000;
const maxPoints = 20;

/** Whose stream it is, and what happens to it. */
export interface StreamOf {
  /** What the client is counted by (auth/client-address.ts). */
  address: string;
  /** Called when it begins, while it stands at least every 15 s, and when it ends. */
  onAlive?: (() => void) | undefined;
  /** Called when it begins; what that answers is called when it ends. */
  whileOpen?: () => () => void;
}

/** Throws invalid-input. */
export function readResumePoints(query: URLSearchParams): ResumePoint[] {
  const mailboxes = query.getAll('mailbox');
  const tokens = query.getAll('since');
  const uidNexts = query.getAll('uidNext');
  const matched = tokens.length === mailboxes.length && uidNexts.length === mailboxes.length;
  if (!matched || mailboxes.length > maxPoints) throw new MailError('invalid-input');
  return mailboxes.map((text, index) => {
    const mailbox = mailboxPathSchema.safeParse(text);
    const token = tokenText.safeParse(tokens[index]);
    const uidNext = numberText.safeParse(uidNexts[index]);
    const parts = token.success ? parseSyncToken(token.data) : null;
    if (!mailbox.success || !parts || !uidNext.success) throw new MailError('invalid-input');
    return { mailbox: mailbox.data, known: { ...parts, uidNext: uidNext.data } };
  });
}

/**
 * Writes the change feed: how we are connected and which build this is, which tasks are under way, then for each mailbox
 * what the browser missed, then everything as it comes. It listens before it catches up, so nothing falls in between;
 * what is told twice is an echo to the browser.
 */
export function streamEvents(line: Line, session: ImapSession, points: ResumePoint[], of: StreamOf): void {
  runOutside(() => stream(line, session, points, of));
}

function stream(
  line: Line,
  session: ImapSession,
  points: ResumePoint[],
  { address, onAlive = () => {}, whileOpen = () => () => {} }: StreamOf,
): void {
  const tell = (frame: EventFrame) => line.write(encodeFrame(frame));
  const feed = sessionFeed(session);
  const unsubscribe = feed.subscribe({ onFrame: tell, onEnd: () => end() });
  const ping = setInterval(() => {
    line.write(encodedPing);
    onAlive();
  }, pingMs);
  const leave = whileOpen();
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(ping);
    leave();
    unsubscribe();
    forget();
    onAlive();
    line.end();
  };
  const forget = countStream(session.id, address, end);
  onAlive();
  line.onClosed(end);
  const build = buildId();
  tell({
    token: null,
    events: [{ type: 'connection', ...feed.connection() }, ...(build ? [{ type: 'build', build } as const] : [])],
  });
  for (const told of listTasks(session)) tell({ token: null, events: [{ type: 'task-progress', ...told }] });
  resumeTasks(session);
  for (const point of points) {
    void catchUp(session, point).then((frame) => {
      if (!ended) tell(frame);
    });
  }
}

async function catchUp(session: ImapSession, { mailbox, known }: ResumePoint): Promise<EventFrame> {
  try {
    const { frame, counts } = await pullDelta(session, mailbox, known);
    sessionFeed(session).look(mailbox, counts);
    return frame;
  } catch (error) {
    const isGone = isMailError(error) && error.code === 'mailbox-missing';
    // What cannot be told exactly is read anew: a missing mailbox by its own sentence, any other as it stands then.
    return {
      token: null,
      events: isGone ? [{ type: 'mailboxes-changed' }] : [{ type: 'reset', mailbox, uidValidity: known.uidValidity }],
    };
  }
}
