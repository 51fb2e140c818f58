import 'server-only';
import { onSessionEnded } from './auth/session-ended.ts';
import { buildId } from './build-id.ts';
import { closeAllImapSessions, closeImapSession } from './imap/sessions.ts';
import { joinProcesses, leaveProcesses } from './mail/join-processes.ts';
import { startOutbox, stopOutbox } from '#server/mail/outbox/run-outbox.ts';
import { endAllSessionFeeds, endSessionFeed } from '#server/mail/feed/session-feed.ts';
import { startWakes, stopWakes } from './mail/snooze/run-wakes.ts';
import { startSessionSweep } from './session-sweep.ts';
import { leaveTasks } from './mail/tasks/tasks.ts';
import { rememberOutside } from './outside-requests.ts';
import { reportConnections } from './report-connections.ts';
import { onShutdown } from './shutdown.ts';

/** So long the batches under way may take when the process stops: then nothing is uncertain when it starts again. Milliseconds. */
const taskMs = 2_500;
/** And so long what is being sent. */
const outboxMs = 4_000;

/** Streams first, then their connections: so nobody reconnects in between. Resolves when requests may come. */
export async function connectLifecycle(): Promise<void> {
  rememberOutside();
  buildId();
  reportConnections();
  onSessionEnded('streams-and-connections', (id, why) => {
    endSessionFeed(id, why);
    void leaveTasks(id);
    void closeImapSession(id);
  });
  onShutdown('streams-and-connections', async () => {
    endAllSessionFeeds('restart');
    // The outbox' messages use connections of their own.
    await Promise.all([within(leaveTasks(null), taskMs), within(stopOutbox(), outboxMs), within(stopWakes(), taskMs)]);
    await closeAllImapSessions();
    await leaveProcesses();
  });
  startSessionSweep();
  startOutbox();
  startWakes();
  await joinProcesses();
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
