import 'server-only';
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { MailError } from '#lib/errors.ts';

/**
 * A file that only who holds its key can read: records of up to 64 KiB, each sealed by AES-256-GCM under a nonce of its own and
 * bound to its place. Records are written whole or not at all, so that a write that breaks off can go on at the last one.
 */
export interface SealedFile {
  path: string;
  /** 32 octets. */
  key: Buffer;
}

const recordSize = 64 * 1024;
const nonceSize = 12;
const tagSize = 16;
const sealedSize = nonceSize + recordSize + tagSize;
/** Read with one request. */
const recordsAtOnce = 8;

/** Octets of content that stand whole in a file; 0 when there is none. */
export async function contentSize(path: string): Promise<number> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  const rest = size % sealedSize;
  return Math.floor(size / sealedSize) * recordSize + Math.max(0, rest - nonceSize - tagSize);
}

/**
 * Writes content from `offset` on, which is the end of what stands there. A source that breaks off leaves what filled whole records,
 * unless `isLast` says of the octets written that nothing follows them. Answers the size then.
 */
export async function appendSealed(
  file: SealedFile,
  offset: number,
  source: AsyncIterable<Uint8Array>,
  isLast: (size: number) => boolean = () => true,
): Promise<number> {
  const handle = await open(file.path, 'a+', 0o600);
  try {
    let index = Math.floor(offset / recordSize);
    let held: Uint8Array[] = [];
    let heldSize = 0;
    await handle.truncate(index * sealedSize);
    const record = Buffer.allocUnsafe(sealedSize); // One for all: what is thrown away with each is what the collector waits for.
    const write = async (content: Buffer) => {
      await handle.appendFile(seal(file.key, index, content, record));
      index += 1;
    };
    const drain = async () => {
      const content = Buffer.concat(held);
      let at = 0;
      for (; content.length - at >= recordSize; at += recordSize) await write(content.subarray(at, at + recordSize));
      held = [content.subarray(at)];
      heldSize = content.length - at;
    };
    for await (const chunk of source) {
      held.push(chunk);
      heldSize += chunk.length;
      if (heldSize >= recordSize) await drain();
    }
    const size = index * recordSize + heldSize;
    if (heldSize > 0 && isLast(size)) {
      await write(Buffer.concat(held));
      await handle.sync();
      return size;
    }
    await handle.sync();
    return index * recordSize;
  } finally {
    await handle.close();
  }
}

/** The content in pieces of at most 64 KiB; throws upload-missing when it is not there or was changed. */
export async function* readSealed({ path, key }: SealedFile): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) throw new MailError('upload-missing');
  try {
    const buffer = Buffer.allocUnsafe(recordsAtOnce * sealedSize);
    for (let index = 0; ; index += recordsAtOnce) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, index * sealedSize);
      for (let at = 0; at < bytesRead; at += sealedSize) {
        const record = buffer.subarray(at, Math.min(at + sealedSize, bytesRead));
        yield unseal(key, index + at / sealedSize, record);
      }
      if (bytesRead < buffer.length) return;
    }
  } finally {
    await handle.close();
  }
}

/** Written into `record`, of which the part that is used is answered. */
function seal(key: Buffer, index: number, content: Buffer, record: Buffer): Buffer {
  const nonce = randomFillSync(record.subarray(0, nonceSize));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeOf(index));
  cipher.update(content).copy(record, nonceSize);
  cipher.final(); // Empty: GCM has no blocks to fill.
  const size = nonceSize + content.length;
  cipher.getAuthTag().copy(record, size);
  return record.subarray(0, size + tagSize);
}

function unseal(key: Buffer, index: number, record: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, record.subarray(0, nonceSize)).setAAD(placeOf(index));
    decipher.setAuthTag(record.subarray(-tagSize));
    const content = decipher.update(record.subarray(nonceSize, -tagSize));
    decipher.final(); // Throws for what was changed.
    return content;
  } catch (error) {
    throw new MailError('upload-missing', { cause: error });
  }
}

function placeOf(index: number): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(index));
  return place;
}
