import { fromMailErrorValue, isMailErrorCode, MailError } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { accountHeaders } from './fetch-json.ts';

/**
 * Posts a body to one of our own routes, reads lines of JSON as they come, and tells those of each piece together. Throws a MailError
 * as fetchJson does, without its time limit: who reads stops it by the signal.
 */
export async function readLines<T>(
  address: string,
  body: unknown,
  tell: (lines: T[]) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const headers = { ...accountHeaders(), 'content-type': 'application/json' };
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(body), headers, signal });
    if (!response.ok || !response.body) throw fromMailErrorValue(await errorOf(response));
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + decoder.decode(piece.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      // The routes write what lib/mail declares; both sides are built together.
      if (lines.length > 0) tell(lines.map((line) => JSON.parse(line) as T));
    }
  } catch (error) {
    if (signal.aborted) throw new MailError('cancelled', { cause: error });
    throw error instanceof Error && error.name === 'MailError'
      ? error
      : new MailError('server-unreachable', { cause: error });
  }
}

async function errorOf(response: Response): Promise<MailErrorValue> {
  const answer: unknown = await response.json().catch(() => null);
  const error = answer && typeof answer === 'object' && 'error' in answer ? answer.error : null;
  const isValue = typeof error === 'object' && error !== null && 'code' in error && isMailErrorCode(error.code);
  return isValue ? (error as MailErrorValue) : { code: 'unexpected', retryable: true }; // Just checked.
}
