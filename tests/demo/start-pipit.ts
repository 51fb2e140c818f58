import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { demoDir } from './demo-account.ts';

export interface PipitOptions {
  port: number;
  appSecret: string;
  imapPort: number;
  smtpPort: number;
  /** Null: there is no ManageSieve. */
  sievePort: number | null;
}

export interface Pipit {
  /** Resolves with the exit code when the server ends, for whatever reason. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;

/** Runs the production server as its own process; resolves when /readyz says 200, rejects when it ends before. */
export async function startPipit({ port, appSecret, imapPort, smtpPort, sievePort }: PipitOptions): Promise<Pipit> {
  const address = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'server/start.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own: a terminal's Ctrl-C reaches it through `stop`, once, and in order.
    detached: true,
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: '1',
      NODE_ENV: 'production',
      APP_URL: address,
      APP_SECRET: appSecret,
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: `${imapPort}`,
      IMAP_SECURITY: 'none',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: `${smtpPort}`,
      SMTP_SECURITY: 'none',
      ...(sievePort === null ? {} : { SIEVE_HOST: '127.0.0.1', SIEVE_PORT: `${sievePort}`, SIEVE_SECURITY: 'none' }),
      DATA_DIR: join(demoDir, 'pipit'),
      PORT: `${port}`,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  });
  const onExit = () => void child.kill('SIGKILL');
  process.once('exit', onExit);
  const ended = once(child, 'exit').then(([code]) => {
    process.off('exit', onExit);
    return typeof code === 'number' ? code : 1;
  });
  const up = await Promise.race([answers(`${address}/readyz`), ended.then(() => false)]);
  if (!up) {
    child.kill('SIGKILL');
    throw new Error('Pipit’s server did not get ready.');
  }
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([ended, delay(2_500)]);
      child.kill('SIGKILL');
    },
  };
}

/** Asks until the answer is 200; a port that is not open yet refuses at once, so this asks every 100 ms. */
async function answers(address: string): Promise<boolean> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await response?.body?.cancel();
    if (response?.status === 200) return true;
    await delay(100);
  }
  return false;
}
