import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hostileBodies } from '../hostile-bodies.ts';
import { loadVectors } from './load-vectors.ts';
import { scriptVectors } from './script-vectors.ts';

/** A folder of collections that are not ours to ship: JSON files, each a list of strings of HTML. */
const foreign = process.env.XSS_VECTORS;

/** Our own vectors, and those of the folder that the environment's XSS_VECTORS names. */
export function allVectors(): string[] {
  return [...Object.values(hostileBodies), ...scriptVectors(), ...loadVectors(), ...(foreign ? readCollections(foreign) : [])];
}

function readCollections(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => z.array(z.string()).parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}
