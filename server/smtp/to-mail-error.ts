import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import type { Refusal } from '#lib/mail/outgoing.ts';

/** What nodemailer rejects with (its errors.js): its own code, the socket's, and the server's answer where there was one. */
interface LibraryError {
  code?: string;
  originalCode?: string;
  responseCode?: number;
  response?: string;
  command?: string;
  message?: string;
}

const byCode: Readonly<Record<string, MailErrorCode>> = {
  ETIMEDOUT: 'server-timeout',
  EDNS: 'server-unreachable',
  ECONNECTION: 'server-unreachable',
  ESOCKET: 'server-unreachable',
  ECONNREFUSED: 'server-unreachable',
  ECONNRESET: 'server-unreachable',
  EPIPE: 'server-unreachable',
  EPROTOCOL: 'server-unavailable',
  ENOAUTH: 'wrong-credentials',
};

const certificate = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_TLS|ERR_SSL/;

/** Turns what nodemailer or a socket throws into a MailError; a MailError passes as it is. Server text goes no further. */
export function toMailError(thrown: unknown): MailError {
  if (isMailError(thrown)) return thrown;
  const error: LibraryError = thrown && typeof thrown === 'object' ? thrown : {};
  return new MailError(codeOf(error), { cause: thrown });
}

function codeOf(error: LibraryError): MailErrorCode {
  if ([error.originalCode, error.code].some((code) => code !== undefined && certificate.test(code)))
    return 'certificate-invalid';
  if (error.code === 'ETLS')
    return /certificate|altname|self.signed/i.test(error.message ?? '') ? 'certificate-invalid' : 'starttls-missing';
  if (error.command === 'STARTTLS') return 'starttls-missing';
  const { responseCode = 0 } = error;
  if (error.code === 'EAUTH')
    return responseCode >= 400 && responseCode < 500 ? 'server-unavailable' : 'wrong-credentials';
  if (responseCode >= 500) return refusalOf(error);
  if (responseCode >= 400) return 'server-unavailable';
  // nodemailer's own: larger than the SIZE that the server said (RFC 1870).
  if (error.code === 'EMESSAGE' && error.command === 'MAIL FROM') return 'message-too-large';
  return (error.code && byCode[error.code]) || 'unexpected';
}

/** A final no to the message as a whole (RFC 5321 section 4.2.2, RFC 3463). */
function refusalOf(error: LibraryError): MailErrorCode {
  const status = statusOf(error);
  if (error.responseCode === 552 || status === '5.3.4') return 'message-too-large';
  if (error.responseCode === 535 || error.responseCode === 530) return 'wrong-credentials';
  return error.command === 'MAIL FROM' ? 'sender-refused' : 'message-refused';
}

/** The enhanced status code of an answer, else its reply code; never its text. */
export function statusOf({ response, responseCode }: LibraryError): string {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1] ?? `${responseCode ?? ''}`;
}

/** Why one recipient was refused, from the status alone (RFC 3463 section 3). */
export function toRefusal(address: string, error: LibraryError): Refusal {
  const status = statusOf(error);
  return { address, kind: kindOf(status), status };
}

function kindOf(status: string): Refusal['kind'] {
  const [, subject = '', detail = ''] = status.split('.');
  if (subject === '1' && ['1', '2', '3', '6', '10'].includes(detail)) return 'no-such-address';
  if (subject === '2' && detail === '1') return 'no-such-address';
  if (subject === '2' && detail === '2') return 'mailbox-full';
  if ((subject === '2' || subject === '3') && ['3', '4'].includes(detail)) return 'too-large';
  if (subject === '7') return 'not-permitted';
  if (status === '552') return 'mailbox-full';
  return status === '553' || status === '551' ? 'no-such-address' : 'other';
}
