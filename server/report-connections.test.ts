import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { acquireConnection } from './imap/governor.ts';
import { reportConnections } from './report-connections.ts';

beforeAll(() => {
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-reports-that-is-long',
    IMAP_HOST: 'localhost',
    IMAP_MAX_CONNECTIONS: '2',
    DATA_DIR: mkdtempSync(join(tmpdir(), 'pipit-report-')),
  });
});
afterEach(() => vi.useRealTimers());

test('once a minute one line counts connections held, waited for, granted and given up, and none where nothing moved', async () => {
  vi.useFakeTimers();
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(JSON.parse(String(text)) as never) > 0);
  reportConnections();
  const claim = () => ({
    kind: 'commands' as const,
    isOpen: () => true,
    yieldIfIdle: () => false,
    yieldNow: () => false,
  });
  const release = await acquireConnection('somebody', claim(), Date.now() + 1_000);
  await acquireConnection('somebody', claim(), Date.now() + 1_000);
  const third = acquireConnection('somebody', claim(), Date.now() + 90_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toMatchObject([{ code: 'imap-connections', held: 2, waiting: 1, granted: 2, waited: 0, expired: 0 }]);
  const refused = expect(third).rejects.toMatchObject({ code: 'too-many-connections' });
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  expect(lines[1]).toMatchObject({ held: 2, waiting: 0, granted: 2, expired: 1 });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(lines).toHaveLength(2);
  release();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines[2]).toMatchObject({ held: 1 });
  // Codes and counts alone.
  expect(Object.values(lines[2] ?? {}).filter((value) => typeof value === 'string')).toHaveLength(3);
});
