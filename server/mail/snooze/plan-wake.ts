import 'server-only';
import { accountKey } from '#server/auth/account.ts';
import type { Account } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { openJob, sealJob } from '#server/auth/job-seal.ts';
import { env } from '#server/env.ts';
import { readPreferences } from '#server/store/preference-rows.ts';
import { planWake } from '#server/store/snooze-rows.ts';
import type { SnoozeRow, SnoozeSecrets } from '#server/store/snooze-rows.ts';

/** What opens a mailbox whose person is away. */
export interface WakeCredentials {
  account: Account;
  password: string;
}

export type Planner = Pick<AuthSession, 'account' | 'password' | 'publicComputer'>;

/** Something is due at `wakeAt`, Unix milliseconds. Where the person lets us, what wakes it while they are away is sealed beside it. */
export function planWakeFor(auth: Planner, wakeAt: number): void {
  const key = accountKey(auth.account);
  planWake(key, wakeAt, mayKeep(auth, key) ? seal(auth, key) : null);
}

/** Null when the server's secret was taken out of use meanwhile. */
export function openWakeCredentials({ account_key: key, key_id, nonce, sealed }: SnoozeRow): WakeCredentials | null {
  if (key_id === null || nonce === null || sealed === null) return null;
  const envelope = { keyId: key_id, nonce: Buffer.from(nonce), sealed: Buffer.from(sealed) };
  // Nobody else can have made what opens: it is WakeCredentials.
  return openJob(envelope, sealName(key), env().secrets) as WakeCredentials | null;
}

/** On a public computer no password stays, nor where the person does not want it. */
function mayKeep({ publicComputer }: Planner, key: string): boolean {
  return !publicComputer && readPreferences(key).wakesWhileAway;
}

function seal({ account, password }: Planner, key: string): SnoozeSecrets {
  const { keyId, nonce, sealed } = sealJob({ account, password }, sealName(key), env().secrets[0] ?? '');
  return { key_id: keyId, nonce, sealed };
}

function sealName(key: string): string {
  return `snooze ${key}`;
}
