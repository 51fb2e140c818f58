import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './read-settings.ts';

const good = {
  APP_URL: 'https://mail.example.org',
  APP_SECRET: 'kN2v9sW4xT7bQ1mZ8rC5yH3jL6pD0fGa',
  IMAP_HOST: 'imap.example.org',
};

test('three values are enough, and the rest has sensible defaults', () => {
  const { imap, smtp, port, logLevel, session } = readSettings(good);
  expect(imap).toEqual({ host: 'imap.example.org', port: 993, security: 'tls', tlsCa: null, maxConnections: 4 });
  expect(smtp).toEqual({ host: 'imap.example.org', port: 465, security: 'tls', tlsCa: null });
  expect({ port, logLevel, publicIdle: session.publicIdle }).toEqual({ port: 3000, logLevel: 'info', publicIdle: 600 });
});

test('a secret may lie in a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'pipit-settings-')), 'secret');
  writeFileSync(file, `${good.APP_SECRET}\n`);
  expect(readSettings({ ...good, APP_SECRET: undefined, APP_SECRET_FILE: file }).secrets).toEqual([good.APP_SECRET]);
});

test.each([
  ['APP_URL', { APP_URL: 'mail.example.org' }],
  ['APP_URL', { APP_URL: 'http://mail.example.org' }],
  ['APP_SECRET', { APP_SECRET: undefined }],
  ['APP_SECRET', { APP_SECRET: 'short' }],
  ['APP_SECRET', { APP_SECRET: `change-me-${'x'.repeat(40)}` }],
  ['APP_SECRET_FILE', { APP_SECRET: undefined, APP_SECRET_FILE: '/nowhere/secret' }],
  ['IMAP_HOST', { IMAP_HOST: '' }],
  ['IMAP_PORT', { IMAP_PORT: '70000' }],
  ['IMAP_SECURITY', { IMAP_SECURITY: 'ssl' }],
  ['IMAP_SECURITY', { IMAP_SECURITY: 'none' }],
  ['IMAP_TLS_CA', { IMAP_TLS_CA: '/nowhere/ca.pem' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['PORT', { PORT: 'http' }],
  ['TRASH_KEPT_DAYS', { TRASH_KEPT_DAYS: '0' }],
  ['SPAM_KEPT_DAYS', { SPAM_KEPT_DAYS: 'a month' }],
])('check 55: a bad or missing %s stops the start with one sentence that names it', (name, change) => {
  const attempt = () => readSettings({ ...good, ...change });
  expect(attempt).toThrow(new RegExp(`\\b${name}\\b`));
  expect(attempt).not.toThrow(/\n/);
});

test.each([
  ['missing', undefined],
  ['short', 'short'],
  ['an example', `change-me-${'x'.repeat(40)}`],
])('check 55: with a secret that is %s the process ends at once, with that sentence alone', (_what, secret) => {
  const environment = {
    ...good,
    APP_SECRET: secret,
    DATA_DIR: '/nowhere',
    PATH: process.env.PATH,
    NODE_ENV: 'production' as const,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/start.ts'], {
    env: environment,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.split('\n').filter((line) => !/Warning|--trace-warnings/.test(line))).toEqual([
    expect.stringMatching(/^APP_SECRET [^\n]+\.$/),
    '',
  ]);
  expect(stderr).not.toContain(secret ?? 'undefined');
});

test('how long Trash and Spam are kept is said in days, or not at all', () => {
  expect(readSettings(good).keptDays).toEqual({ trash: null, junk: null });
  expect(readSettings({ ...good, TRASH_KEPT_DAYS: '30' }).keptDays).toEqual({ trash: 30, junk: null });
});

test('none is for a loopback server only', () => {
  const loopback = { ...good, IMAP_HOST: '127.0.0.1', IMAP_SECURITY: 'none', SMTP_SECURITY: 'none' };
  expect(readSettings(loopback).imap.port).toBe(143);
});
