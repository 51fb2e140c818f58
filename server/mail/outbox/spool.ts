import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import type { StoredContent } from '#server/imap/append-message.ts';
import { appendSealed, readSealed } from '#server/store/sealed-file.ts';
import { singleton } from '#server/singleton.ts';

/** A composed message on disk, sealed: its size is known before it is sent, and it can be read again. */
export interface Spooled extends StoredContent {
  key: Buffer;
  remove(): Promise<void>;
}

/** Writes a message down; throws message-too-large beyond `most` octets, and leaves nothing behind then. */
export async function spool(
  content: AsyncIterable<Buffer>,
  most: number,
  name: string = randomUUID(),
): Promise<Spooled> {
  const file = { path: join(folder(), name), key: randomBytes(32) };
  const remove = () => rm(file.path, { force: true });
  await remove();
  try {
    const size = await appendSealed(file, 0, atMost(content, most));
    return { size, key: file.key, open: () => readSealed(file), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A message written down earlier, perhaps by another process. */
export function openSpooled(name: string, key: Buffer): Pick<Spooled, 'open' | 'remove'> {
  const path = join(folder(), name);
  return { open: () => readSealed({ path, key }), remove: () => rm(path, { force: true }) };
}

/** Removes what no job needs any more and a crash left. */
export async function sweepSpool(isNeeded: (name: string) => boolean, olderThan: number): Promise<void> {
  for (const name of readdirSync(folder())) {
    const path = join(folder(), name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (changed < olderThan && !isNeeded(name)) await rm(path, { force: true });
  }
}

async function* atMost(content: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let left = most;
  for await (const piece of content) {
    left -= piece.length;
    if (left < 0) throw new MailError('message-too-large', { field: 'attachments' });
    yield piece;
  }
}

function folder(): string {
  return singleton('spool-folder', () => {
    const path = join(env().dataDir, 'spool');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  });
}
