import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { SessionEnd } from '#lib/mail/event.ts';
import { createAuthSession, endAuthSession, idleLimits, openAuthSession } from './auth/auth-session.ts';
import { onSessionEnded } from './auth/session-ended.ts';
import { closeImapSession, imapSession } from './imap/sessions.ts';
import { sweepSessions } from './session-sweep.ts';
import { deleteLapsedSessionRows, deleteSessionRow } from './store/session-rows.ts';

const account = { host: 'imap.example.test', port: 993, user: 'ann@example.test' };
const start = { kind: 'normal', device: '', place: '' } as const;
let told: [string, SessionEnd][] = [];

beforeEach(() => {
  (globalThis as { pipitSingletons?: Map<string, unknown> }).pipitSingletons?.clear();
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'pipit-sweep-'));
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    IMAP_HOST: 'imap.example.test',
    APP_SECRET: 'the-secret-of-these-tests-is-long-enough',
    DATA_DIR,
  });
  told = [];
  onSessionEnded('test', (id, why) => {
    told.push([id, why]);
    void closeImapSession(id);
  });
});

/** A session that this process holds something for. */
function held(): string {
  const auth = openAuthSession(createAuthSession(account, 'kingfisher', start));
  if (!auth) throw new Error('It was just made');
  return imapSession(auth).id;
}

test('a session that ran out and was taken away by another process is told as that here, once; what was ended is told as ended', () => {
  const [lapsed, signedOut, alive] = [held(), held(), held()];
  deleteSessionRow(signedOut);
  sweepSessions(Date.now());
  expect(told).toEqual([[signedOut, 'ended']]);
  endAuthSession(alive);
  told = [];
  // What the other process does in its second.
  expect(deleteLapsedSessionRows(Date.now() + idleLimits().normal, idleLimits(), 0)).toEqual([lapsed]);
  sweepSessions(Date.now());
  sweepSessions(Date.now());
  expect(told).toEqual([[lapsed, 'lapsed']]);
});
