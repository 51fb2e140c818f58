import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Entry {
  method: string;
  /** With parameters filled in. */
  path: string;
  /** The route file. */
  file: string;
}

/** What stands for a parameter of an address. */
const parameters: Readonly<Record<string, string>> = {
  '[uid]': '1',
  '[part]': '1',
  '[contentId]': 'x',
  '[id]': '00000000-0000-4000-8000-000000000000',
  '[mailbox]': 'INBOX',
  '[thread]': '1',
};

/** Every route handler there is, read from the files: a new one is in every test that goes through them. */
export function routes(): Entry[] {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)route\.ts$/.test(file));
  return files.flatMap((file) => {
    const methods = [...readFileSync(join('app', file), 'utf8').matchAll(/^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE)\b/gm)].map(([, method = '']) => method);
    return methods.map((method) => ({ method, path: toPath(file, method), file }));
  });
}

function toPath(file: string, method: string): string {
  const parts = file.split('/').slice(0, -1);
  const filled = parts.map((part) => (part === '[...nextauth]' ? (method === 'GET' ? 'csrf' : 'callback/credentials') : (parameters[part] ?? part)));
  const unknown = filled.find((part) => part.startsWith('['));
  if (unknown) throw new Error(`Say in entries.ts what stands for ${unknown}`);
  return `/${filled.join('/')}`;
}

interface Manifest {
  node: Record<string, { filename: string; exportedName: string }>;
}

/** Every Server Action of the build by its id, held against the files that make them. */
export function actions(): { id: string; name: string }[] {
  const built = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest;
  const found = Object.entries(built.node).map(([id, { exportedName }]) => ({ id, name: exportedName }));
  const written = readdirSync('server/actions')
    .map((file) => readFileSync(join('server/actions', file), 'utf8'))
    .filter((text) => text.startsWith("'use server'"))
    .flatMap((text) => [...text.matchAll(/^export async function (\w+)/gm)].map(([, name = '']) => name));
  const missing = written.filter((name) => !found.some((one) => one.name === name));
  if (missing.length > 0) throw new Error(`Not in the build: ${missing.join(', ')}`);
  return found;
}
