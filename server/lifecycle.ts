import 'server-only';
import { onSessionEnded } from './auth/session-ended.ts';
import { closeAllImapSessions, closeImapSession } from './imap/sessions.ts';
import { endAllSessionFeeds, endSessionFeed } from './mail/session-feed.ts';
import { startSessionSweep } from './session-sweep.ts';
import { onShutdown } from './shutdown.ts';

/** Streams first, then their connections: so nobody reconnects in between. */
export function connectLifecycle(): void {
  onSessionEnded('streams-and-connections', (id) => {
    endSessionFeed(id);
    void closeImapSession(id);
  });
  onShutdown('streams-and-connections', async () => {
    endAllSessionFeeds('restart');
    await closeAllImapSessions();
  });
  startSessionSweep();
}
