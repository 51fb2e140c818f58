import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends a Dovecot that an earlier run left behind on the same data (its starter was killed with SIGKILL), so that two never
 * write one mailbox. A pid file whose process is gone, or belongs to something else, is ignored.
 */
export async function endStaleDovecot(pidFile: string, configFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (!pid || !isOurs(pid, configFile)) return;
  signalGroup(pid);
  while (isOurs(pid, configFile)) await delay(20);
}

function isOurs(pid: number, configFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(configFile);
  } catch {
    return false;
  }
}

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended between the question and now.
  }
}
