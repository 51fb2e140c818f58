import 'server-only';
import { hkdfSync } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '#lib/errors.ts';
import type { Upload } from '#lib/mail/upload.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { env } from '#server/env.ts';
import { takePlace } from '#server/processes/places.ts';
import { appendSealed, contentSize, readSealed } from '#server/store/sealed-file.ts';
import type { SealedFile } from '#server/store/sealed-file.ts';
import {
  deleteUploadRow,
  findUploadRow,
  insertUploadRow,
  sweepUploadRows,
  uploadedOctets,
} from '#server/store/upload-rows.ts';
import { singleton } from '#server/singleton.ts';

type Owner = Pick<AuthSession, 'id' | 'storageKey'>;

/** Milliseconds after which a file nobody sent is forgotten. */
const keptFor = 48 * 3600_000;
/** Files of one session together, as multiples of what one message may hold. */
const maxMessages = 8;

/** Announces a file; the same id again is the same upload. Throws message-too-large, rate-limited. */
export async function announceUpload(owner: Owner, id: string, size: number): Promise<Upload> {
  const limit = env().sending.size;
  if (size > limit) throw new MailError('message-too-large', { field: 'attachments' });
  const known = findUploadRow(owner.id, id);
  if (known && known.size !== size) throw new MailError('invalid-input');
  if (!known) {
    if (uploadedOctets(owner.id) + size > limit * maxMessages)
      throw new MailError('rate-limited', { field: 'attachments' });
    insertUploadRow({ id, sessionId: owner.id, size }, Date.now());
  }
  return readUpload(owner, id);
}

/** Throws upload-missing. */
export async function readUpload(owner: Owner, id: string): Promise<Upload> {
  const row = findUploadRow(owner.id, id);
  if (!row) throw new MailError('upload-missing');
  return { id, size: row.size, offset: Math.min(row.size, await contentSize(pathOf(owner, id))) };
}

/**
 * Takes octets from `offset` on, which must be where it stopped; a body that breaks off counts up to what arrived.
 * Throws upload-offset.
 */
export async function continueUpload(
  owner: Owner,
  id: string,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Upload> {
  // While one request still writes, where the next one has to begin is not known.
  const leave = takePlace(`upload ${owner.id} ${id}`, 1);
  if (!leave) throw new MailError('upload-offset');
  try {
    const upload = await readUpload(owner, id);
    if (offset !== upload.offset) throw new MailError('upload-offset');
    const source = tolerant(bounded(body, upload.size - offset));
    return { ...upload, offset: await appendSealed(fileOf(owner, id), offset, source, (size) => size === upload.size) };
  } finally {
    leave();
  }
}

/** The octets of a whole upload; null while it is not whole, or is gone. */
export async function openUpload(
  owner: Owner,
  id: string,
): Promise<{ size: number; open: () => AsyncGenerator<Buffer> } | null> {
  const row = findUploadRow(owner.id, id);
  if (!row || (await contentSize(pathOf(owner, id))) !== row.size) return null;
  return { size: row.size, open: () => (row.size === 0 ? nothing() : readSealed(fileOf(owner, id))) };
}

export async function cancelUpload(owner: Owner, id: string): Promise<void> {
  deleteUploadRow(owner.id, id);
  await rm(pathOf(owner, id), { force: true });
}

/** Removes files that are old or whose session ended. */
export async function sweepUploads(now = Date.now()): Promise<void> {
  for (const { id, sessionId } of sweepUploadRows(now - keptFor))
    await rm(pathOf({ id: sessionId }, id), { force: true });
  // What a crash left without a row.
  for (const name of readdirSync(folder())) {
    const path = join(folder(), name);
    if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > 2 * keptFor)
      await rm(path, { force: true });
  }
}

async function* bounded(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let left = most;
  for await (const chunk of body) {
    if (chunk.length > left) throw new MailError('invalid-input');
    left -= chunk.length;
    yield chunk;
  }
}

/** The line breaking is how an upload is paused: no failure. Too many octets are one. */
async function* tolerant(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    if (error instanceof Error && error.name === 'MailError') throw error;
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

function fileOf(owner: Owner, id: string): SealedFile {
  const key = Buffer.from(hkdfSync('sha256', owner.storageKey, id, 'pipit-upload-v1', 32));
  return { path: pathOf(owner, id), key };
}

/** Ids are uuids and hashes in base64url: nothing in them leads out of the folder. */
function pathOf({ id: sessionId }: Pick<Owner, 'id'>, id: string): string {
  return join(folder(), `${sessionId}-${id}`);
}

function folder(): string {
  return singleton('uploads-folder', () => {
    const path = join(env().dataDir, 'uploads');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  });
}
