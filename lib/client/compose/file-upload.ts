import { fromMailErrorValue, isMailError, MailError } from '#lib/errors.ts';
import type { Upload } from '#lib/mail/upload.ts';
import { accountHeaders, fetchJson } from '#lib/client/fetch-json.ts';

/** Attempts to go on after the line broke, and the pause before each in milliseconds. */
const pauses = [500, 1_000, 2_000, 5_000, 10_000];

/** No octet went for this long: the line is dead though nothing said so. Milliseconds. */
const stallMs = 30_000;

/**
 * Brings a file to the server and goes on where it stopped when the line breaks. `onProgress` is told the octets that arrived, at most once
 * per frame. Throws a MailError; `cancelled` when the signal was aborted.
 */
export async function uploadFile(
  id: string,
  file: Blob,
  onProgress: (octets: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let offset = await announce(id, file.size, signal);
  for (let failures = 0; offset < file.size;) {
    try {
      onProgress(offset);
      await sendFrom(id, file, offset, onProgress, signal);
      return;
    } catch (error) {
      if (signal.aborted || !isMailError(error)) throw error;
      const isBroken = error.retryable || error.code === 'upload-offset';
      const pause = pauses[failures];
      if (!isBroken || pause === undefined) throw error;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, pause));
      const before = offset;
      offset = await announce(id, file.size, signal).catch(() => offset);
      if (offset > before) failures = 0;
    }
  }
}

/** Octets the server has already: the same id again is the same upload. */
async function announce(id: string, size: number, signal: AbortSignal): Promise<number> {
  return (await fetchJson<Upload>('/api/uploads', { body: { id, size }, signal })).offset;
}

/** XMLHttpRequest, because fetch does not tell how much of a body has gone. */
function sendFrom(
  id: string,
  file: Blob,
  offset: number,
  onProgress: (octets: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let frame = 0;
    let stall = setTimeout(abort, stallMs);
    function abort(): void {
      request.abort();
    }
    function settle(error: MailError | null): void {
      clearTimeout(stall);
      cancelAnimationFrame(frame);
      signal.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    }
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stall);
      stall = setTimeout(abort, stallMs);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => onProgress(offset + loaded));
    };
    request.onload = () => settle(request.status < 300 ? null : toError(request.responseText));
    request.onerror = () => settle(new MailError('server-unreachable'));
    request.onabort = () => settle(new MailError(signal.aborted ? 'cancelled' : 'server-timeout'));
    signal.addEventListener('abort', abort);
    request.open('PATCH', `/api/uploads/${id}`);
    request.setRequestHeader('Upload-Offset', `${offset}`);
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    for (const [name, value] of Object.entries(accountHeaders())) request.setRequestHeader(name, value);
    request.send(file.slice(offset));
  });
}

function toError(answer: string): MailError {
  try {
    const { error } = JSON.parse(answer) as { error: Parameters<typeof fromMailErrorValue>[0] }; // Our own route's answer.
    return fromMailErrorValue(error);
  } catch {
    return new MailError('unexpected');
  }
}
