import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { z } from 'zod';
import config from '../eslint.config.js';

/** Older ones have holes that are known. */
const least = { next: '16.3.3', 'next-auth': '4.24.15', dompurify: '3.4.11', nodemailer: '9.0.5', imapflow: '1.6.6' };

test('check 89: what is installed is new enough, wherever it is installed, and no mailparser is', () => {
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
    .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const versionsOf = (name: string) =>
    Object.entries(lock.packages)
      .filter(([path]) => path.endsWith(`node_modules/${name}`))
      .map(([, { version }]) => version ?? '');
  for (const [name, oldest] of Object.entries(least)) {
    const installed = versionsOf(name);
    expect(installed.length, name).toBeGreaterThan(0);
    for (const version of installed) {
      expect(version.localeCompare(oldest, 'en', { numeric: true }), `${name} ${version}`).toBeGreaterThanOrEqual(0);
    }
  }
  expect(versionsOf('mailparser')).toEqual([]);
});

test.each([
  'const a = <p dangerouslySetInnerHTML={{ __html: "" }} />',
  'a.innerHTML = b',
  'a.outerHTML += b',
  'a.insertAdjacentHTML("beforeend", b)',
  'const a = <iframe srcDoc="x" />',
  'a.srcdoc = b',
  'a.setAttribute("srcdoc", b)',
  'document.write(b)',
  'document.writeln(b)',
  'eval(b)',
])('check 91: lint refuses %s', (code) => {
  const rules = Object.assign(
    {},
    ...config.map((part) => ({ rules: part.rules })).map(({ rules: own }) => only(own)),
  ) as Linter.RulesRecord;
  const found = new Linter().verify(
    code,
    [
      {
        files: ['**/*.tsx'],
        languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        rules,
      },
    ],
    'a.tsx',
  );
  expect(found).toHaveLength(1);
});

/** The two rules that keep text from becoming markup or code. */
function only(rules: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rules ?? {}).filter(([name]) => name === 'no-restricted-syntax' || name === 'no-eval'),
  );
}

test('check 91: nobody is excused from that, and a document is written by one module alone', () => {
  const files = ['app', 'components', 'lib', 'server'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  );
  const holding = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
  expect(
    holding(
      /eslint-disable[^\n]*(?:no-restricted-syntax|no-eval|no-implied-eval)|eslint-disable(?:-\w+)*\s*(?:\*\/|$)/m,
    ),
  ).toEqual([]);
  expect(holding(/new Function\(|\bFunction\(['"`]/)).toEqual([]);
  expect(holding(/\.write(?:ln)?(?:\.call)?\(/).filter((file) => !file.startsWith('server/'))).toEqual([
    'components/message-view/body/parse-html.ts',
  ]);
});
