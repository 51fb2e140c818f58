import { accountHeader } from '../account-header.ts';
import { fromMailErrorValue, isMailErrorCode, MailError } from '../errors.ts';
import type { MailErrorValue } from '../errors.ts';

interface Options {
  signal?: AbortSignal;
  /** Sent as JSON by POST. */
  body?: unknown;
  /** Sent as a form by POST. */
  form?: URLSearchParams;
}

let account: string | null = null;

/** Whose page this is: a browser whose session has become somebody else's meanwhile is answered `not-signed-in`. */
export function speakFor(address: string): void {
  account = address;
}

/**
 * Reads JSON from one of our own routes. Throws a MailError: the server's code, `server-timeout` after 40 s, `server-unreachable` when
 * nothing answered, `cancelled` when the signal was aborted.
 */
export async function fetchJson<T>(address: string, options: Options = {}): Promise<T> {
  const timeout = AbortSignal.timeout(40_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const init = toRequest(options, signal);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(address, init);
    answer = await response.json();
  } catch (error) {
    if (options.signal?.aborted) throw new MailError('cancelled', { cause: error });
    throw new MailError(timeout.aborted ? 'server-timeout' : 'server-unreachable', { cause: error });
  }
  if (response.ok) return answer as T; // The routes answer what lib/mail declares; both sides are built together.
  throw fromMailErrorValue(toErrorValue(answer));
}

/** A query string; null and undefined are left out. */
export function query(parameters: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined) search.append(name, `${value}`);
  }
  return search.toString();
}

function toRequest({ body, form }: Options, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = account === null ? {} : { [accountHeader]: encodeURIComponent(account) };
  if (form) return { signal, method: 'POST', body: form, headers };
  if (body === undefined) return { signal, headers };
  return {
    signal,
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  };
}

function toErrorValue(answer: unknown): MailErrorValue {
  if (typeof answer === 'object' && answer !== null && 'error' in answer) {
    const { error } = answer;
    const isValue = typeof error === 'object' && error !== null && 'code' in error && isMailErrorCode(error.code);
    if (isValue) return error as MailErrorValue; // Just checked; the other members are optional.
  }
  return { code: 'unexpected', retryable: true };
}
