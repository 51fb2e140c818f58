/**
 * Every way the product can refuse or fail, as a stable code. The code crosses borders (server to browser, log, tests);
 * the sentence a person reads stands in components/errors and in the message catalogues.
 */
export const mailErrorCodes = [
  'not-signed-in',
  'other-account',
  'forbidden-origin',
  'invalid-input',
  'wrong-credentials',
  'too-many-attempts',
  'proof-needed',
  'too-many-connections',
  'server-unreachable',
  'server-timeout',
  'certificate-invalid',
  'starttls-missing',
  'preauth-refused',
  'server-unavailable',
  'mailbox-missing',
  'target-missing',
  'mailbox-not-selectable',
  'mailbox-changed',
  'mailbox-exists',
  'mailbox-name-refused',
  'mailbox-protected',
  'mailbox-holds-others',
  'mailbox-not-empty',
  'keyword-refused',
  'message-missing',
  'part-missing',
  'part-too-large',
  'part-not-viewable',
  'permission-denied',
  'over-quota',
  'rate-limited',
  'address-invalid',
  'sender-refused',
  'recipients-missing',
  'recipients-refused',
  'message-refused',
  'message-protected',
  'rewrite-failed',
  'message-too-large',
  'too-many-recipients',
  'too-many-attachments',
  'sending-limit',
  'schedule-refused',
  'utf8-refused',
  'delivery-unknown',
  'draft-missing',
  'already-sending',
  'too-late',
  'upload-missing',
  'upload-offset',
  'search-refused',
  'too-many-to-sort',
  'page-outdated',
  'cancelled',
  'unexpected',
] as const;

export type MailErrorCode = (typeof mailErrorCodes)[number];

/** Codes after which the very same request may succeed later without anyone changing anything. */
const retryable: ReadonlySet<MailErrorCode> = new Set([
  'too-many-attempts',
  'too-many-connections',
  'server-unreachable',
  'server-timeout',
  'server-unavailable',
  'rate-limited',
  'cancelled',
  'unexpected',
]);

/** What crosses the border in place of an exception: plain JSON. `reference` finds an unexpected error in the log. */
export interface MailErrorValue {
  code: MailErrorCode;
  retryable: boolean;
  /** Seconds to wait before trying again, where the server knows it. */
  retryAfter?: number;
  reference?: string;
  /** Which field of what was sent is meant, such as "to" or "attachments". */
  field?: string;
  /** A riddle whose answer must come with the next try (sign-in under attack). */
  challenge?: string;
}

/** What a Server Action answers: a thrown error would reach the browser as a bare digest. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: MailErrorValue };

interface MailErrorOptions extends Pick<MailErrorValue, 'retryAfter' | 'reference' | 'field' | 'challenge'> {
  cause?: unknown;
}

/**
 * The one error type of the product. Recognise it with `isMailError`, never with `instanceof`: Next loads a module up to
 * three times, so the class has several identities.
 */
export class MailError extends Error {
  readonly code: MailErrorCode;
  readonly retryable: boolean;
  readonly retryAfter?: number;
  readonly reference?: string;
  readonly field?: string;
  readonly challenge?: string;

  constructor(code: MailErrorCode, options: MailErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'MailError';
    this.code = code;
    this.retryable = retryable.has(code);
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.reference !== undefined) this.reference = options.reference;
    if (options.field !== undefined) this.field = options.field;
    if (options.challenge !== undefined) this.challenge = options.challenge;
  }
}

export function isMailError(error: unknown): error is MailError {
  return error instanceof Error && error.name === 'MailError' && isMailErrorCode((error as { code?: unknown }).code);
}

export function isMailErrorCode(code: unknown): code is MailErrorCode {
  return typeof code === 'string' && (mailErrorCodes as readonly string[]).includes(code);
}

export function toMailErrorValue(error: MailError): MailErrorValue {
  return {
    code: error.code,
    retryable: error.retryable,
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    ...(error.reference === undefined ? {} : { reference: error.reference }),
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.challenge === undefined ? {} : { challenge: error.challenge }),
  };
}

/** Turns a value from the other side of the border back into an error that can be thrown. */
export function fromMailErrorValue(value: MailErrorValue): MailError {
  return new MailError(value.code, value);
}
