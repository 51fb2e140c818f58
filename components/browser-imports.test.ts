import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Files reached from the browser's own code by imports that stay after types are taken away; each with who asked for it. */
function reachedByTheBrowser(): Map<string, string> {
  const starts = globSync('{components,lib/client}/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'));
  const reached = new Map(starts.map((file) => [file, file]));
  for (const [file, from] of reached) {
    for (const specifier of valueImports(readFileSync(file, 'utf8'))) {
      const target = toFile(specifier, file);
      if (target === null) packages.set(specifier, from);
      // Server Actions are called, never carried along.
      else if (!target.startsWith('server/') && !reached.has(target)) reached.set(target, file);
    }
  }
  return reached;
}
const packages = new Map<string, string>();

function valueImports(source: string): string[] {
  const statements = source.matchAll(
    /^(?:import|export) (?!type\b)(?:[^'";]* from )?'([^']+)';|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, from, lazily]) => from ?? lazily ?? '');
}

function toFile(specifier: string, from: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? relative('.', resolve(dirname(from), specifier)) : null;
}

test('what people load has no schemas in it: the server checks, the browser knows types', () => {
  expect(reachedByTheBrowser().size).toBeGreaterThan(100);
  expect([...packages.keys()]).toContain('react');
  expect(packages.get('zod')).toBeUndefined();
});
