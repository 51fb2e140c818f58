import { accountHeader } from '#lib/account-header.ts';
import { fromMailErrorValue, isMailErrorCode, MailError } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';

interface Options {
  signal?: AbortSignal;
  /** Sent as JSON by POST. */
  body?: unknown;
  /** Sent as a form by POST. */
  form?: URLSearchParams;
}

let account: string | null = null;

/**
 * Whose page this is, by the key of the account: a browser whose session has become somebody else's meanwhile is
 * answered `other-account`.
 */
export function speakFor(key: string): void {
  account = key;
}

/** Whose page this is: said with everything that is changed or written. Null before anybody is signed in. */
export function accountOfPage(): string | null {
  return account;
}

/** The same as headers of a request. */
export function accountHeaders(): Record<string, string> {
  return account === null ? {} : { [accountHeader]: account };
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
  const headers = accountHeaders();
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
