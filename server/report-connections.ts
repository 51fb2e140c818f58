import 'server-only';
import { governorCounters } from './imap/governor.ts';
import { countImapConnections } from './imap/sessions.ts';
import { log } from './log.ts';
import { singleton } from './singleton.ts';

const everyMs = 60_000;

const reporter = singleton('connections-reporter', (): { timer: NodeJS.Timeout | null } => ({ timer: null }));

/** Once a minute, if anything moved: how many connections to the mail server are held and waited for, and what the governor did. */
export function reportConnections(): void {
  let told = '';
  clearInterval(reporter.timer ?? undefined);
  reporter.timer = setInterval(() => {
    const counted = { sessions: countImapConnections().sessions, ...governorCounters() };
    const now = JSON.stringify(counted);
    if (now !== told) log.info('imap-connections', counted);
    told = now;
  }, everyMs);
  reporter.timer.unref();
}
