import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'pipit-fail2ban-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What our own logger writes; the filter is held against that, not against a copy. */
async function logged(lines: [string, Record<string, string>][]): Promise<string> {
  Object.assign(process.env, { APP_URL: 'http://localhost:3000', APP_SECRET: 'a-secret-for-the-tests-of-the-imap-suite-only', IMAP_HOST: 'localhost', LOG_LEVEL: 'warn' });
  const { log } = await import('#server/log.ts');
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((text += chunk.toString()), true));
  for (const [code, fields] of lines) log.warn(code, fields);
  write.mockRestore();
  return text;
}

test('the filter finds the address of every refused password, at the right time, and nothing else', async () => {
  const refused = (client: string, reason = 'wrong-credentials'): [string, Record<string, string>] => ['sign-in-refused', { client, reason }];
  const text = await logged([refused('192.0.2.7'), refused('2001:db8::7'), refused('192.0.2.8', 'too-many-attempts'), ['drift', { client: '192.0.2.9' }]]);
  const file = join(dir, 'pipit.log');
  writeFileSync(file, text);
  const options = { encoding: 'utf8' as const, env: { ...process.env, TZ: 'Pacific/Auckland' } };
  const found = execFileSync('fail2ban-regex', ['--out', 'row', file, 'server/auth/fail2ban.conf'], options);
  const rows = found.split('\n').filter((line) => line.startsWith('['));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('192.0.2.7');
  expect(rows[1]).toContain('2001:db8::7');
  const [time = 0] = [...found.matchAll(/\b(1\d{9})(?:\.\d+)?\b/g)].map(([, seconds]) => Number(seconds));
  expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(60);
});
