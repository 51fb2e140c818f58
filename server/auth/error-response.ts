import 'server-only';
import { randomUUID } from 'node:crypto';
import { isMailError, MailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import { log } from '#server/log.ts';

const statuses: Readonly<Partial<Record<MailErrorCode, number>>> = {
  'not-signed-in': 401,
  'other-account': 401,
  'wrong-credentials': 401,
  'forbidden-origin': 403,
  'permission-denied': 403,
  'invalid-input': 400,
  'search-refused': 400,
  'too-many-to-sort': 400,
  'mailbox-missing': 404,
  'target-missing': 404,
  'mailbox-not-selectable': 404,
  'message-missing': 404,
  'part-missing': 404,
  'mailbox-changed': 409,
  'part-too-large': 413,
  'part-not-viewable': 415,
  'address-invalid': 400,
  'recipients-missing': 400,
  'too-many-recipients': 400,
  'too-many-attachments': 400,
  'utf8-refused': 400,
  'sender-refused': 403,
  'schedule-refused': 403,
  'draft-missing': 404,
  'upload-missing': 404,
  'already-sending': 409,
  'too-late': 409,
  'upload-offset': 409,
  'message-too-large': 413,
  'sending-limit': 429,
  'too-many-attempts': 429,
  'proof-needed': 429,
  'rate-limited': 429,
  cancelled: 499,
  'server-timeout': 504,
  'server-unreachable': 502,
  'certificate-invalid': 502,
  unexpected: 500,
};

export const privateHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
};

/** Any error as a MailError; an unknown one is logged under a reference, and that is all the browser learns of it. */
export function toKnownError(error: unknown): MailError {
  if (isMailError(error) && error.code !== 'unexpected') return error;
  const reference = randomUUID().slice(0, 8);
  const cause = isMailError(error) ? error.cause : error;
  const name = cause instanceof Error ? cause.name : typeof cause;
  // Where it was thrown, without the message: that may quote a server or a mail.
  const at =
    cause instanceof Error ? (cause.stack?.split('\n').find((line) => line.trim().startsWith('at ')) ?? '') : '';
  log.error('unexpected', { reference, name, at: at.trim().replace(/file:\/\/\S*\//, '') });
  return new MailError('unexpected', { reference });
}

export function errorResponse(error: unknown): Response {
  const known = toKnownError(error);
  return Response.json(
    { error: toMailErrorValue(known) },
    {
      status: statuses[known.code] ?? 503,
      headers: { ...privateHeaders, ...(known.retryAfter ? { 'Retry-After': `${known.retryAfter}` } : {}) },
    },
  );
}
