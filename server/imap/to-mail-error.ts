import 'server-only';
import { isMailError, MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';

interface LibraryError {
  code?: string;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  responseStatus?: string;
  responseText?: string;
  mailboxMissing?: boolean;
  tlsFailed?: boolean;
  message?: string;
  /** What a BYE gave as the reason, where it ended the greeting or the sign-in. */
  reason?: string;
}

/** Node's socket and TLS codes, and imapflow's own (its errors.js). */
const byCode: Readonly<Record<string, MailErrorCode>> = {
  ECONNREFUSED: 'server-unreachable',
  ECONNRESET: 'server-unreachable',
  EHOSTUNREACH: 'server-unreachable',
  ENETUNREACH: 'server-unreachable',
  ENOTFOUND: 'server-unreachable',
  EAI_AGAIN: 'server-unreachable',
  EPIPE: 'server-unreachable',
  NoConnection: 'server-unreachable',
  EConnectionClosed: 'server-unreachable',
  StateLogout: 'server-unreachable',
  ClosedAfterConnectText: 'server-unreachable',
  ClosedAfterConnectTLS: 'server-unreachable',
  ETIMEDOUT: 'server-timeout',
  ETIMEOUT: 'server-timeout',
  CONNECT_TIMEOUT: 'server-timeout',
  GREETING_TIMEOUT: 'server-timeout',
  UPGRADE_TIMEOUT: 'server-timeout',
  LockTimeout: 'server-timeout',
  STARTTLS_INJECTION: 'starttls-missing',
  // What it said is no IMAP; a new connection may do better.
  InvalidResponse: 'server-unavailable',
  ResponseProcessingFailed: 'server-unavailable',
  MissingTag: 'server-unavailable',
  UnexpectedTag: 'server-unavailable',
  ResponseParseFailed: 'server-unavailable',
  NotFound: 'mailbox-missing',
  CERT_HAS_EXPIRED: 'certificate-invalid',
  CERT_NOT_YET_VALID: 'certificate-invalid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-invalid',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-invalid',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-invalid',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-invalid',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-invalid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-invalid',
};

/** Response codes of RFC 5530 and RFC 9051 section 7.1. */
const byResponseCode: Readonly<Record<string, MailErrorCode>> = {
  AUTHENTICATIONFAILED: 'wrong-credentials',
  AUTHORIZATIONFAILED: 'wrong-credentials',
  EXPIRED: 'wrong-credentials',
  UNAVAILABLE: 'server-unavailable',
  SERVERBUG: 'server-unavailable',
  INUSE: 'server-unavailable',
  LIMIT: 'too-many-connections',
  NONEXISTENT: 'mailbox-missing',
  TRYCREATE: 'mailbox-missing',
  NOPERM: 'permission-denied',
  OVERQUOTA: 'over-quota',
};

/** Sentences of servers that give no code; where each was seen stands with its test (tests/imap/quirks.test.ts). */
const tooMany =
  /too many (simultaneous |open |concurrent )?(imap )?connections|(maximum|max) number of connections|connection limit|mail_max_userip/i;

/** Refusals that pass by themselves, also where they answer a LOGIN: nothing was said about the password. */
const notNow = /server unavailable|request is throttled|temporary (problem|error|failure)|temporarily unavailable/i;

/** Servers without RFC 5530's OVERQUOTA: Cyrus 2 ("Over quota"), Courier ("You exceeded your mail quota"), Exchange, Zimbra. */
const overQuota = /over ?quota|quota exceeded|exceed\w*( \w+){0,3} quota|quota has been exceeded|mailbox (is )?full/i;

/** Gmail says OVERQUOTA for too much traffic too, which is over by itself (github.com/ljmerza/ha-email-sensor/issues/16). */
const tooMuchTraffic = /(command or bandwidth|bandwidth) limits/i;

/** Turns whatever imapflow or a socket throws into a MailError; a MailError passes as it is. */
export function toMailError(thrown: unknown): MailError {
  if (isMailError(thrown)) return thrown;
  const error: LibraryError = thrown && typeof thrown === 'object' ? thrown : {};
  return new MailError(codeOf(error), { cause: thrown });
}

function codeOf(error: LibraryError): MailErrorCode {
  const text = `${error.responseText ?? ''} ${error.reason ?? ''} ${error.message ?? ''}`;
  // Before anything else: Dovecot says it as a NO to LOGIN, which looks like a wrong password otherwise.
  if (tooMany.test(text)) return 'too-many-connections';
  if (tooMuchTraffic.test(text) || notNow.test(text)) return 'server-unavailable';
  if (error.tlsFailed) {
    if (/PREAUTH/.test(text)) return 'preauth-refused';
    return (
      (error.code && byCode[error.code]) ||
      (/^ERR_(SSL|TLS)/.test(error.code ?? '') ? 'certificate-invalid' : 'starttls-missing')
    );
  }
  const responseCode = error.serverResponseCode?.toUpperCase();
  if (responseCode && byResponseCode[responseCode]) return byResponseCode[responseCode];
  if (error.authenticationFailed) return 'wrong-credentials';
  if (error.mailboxMissing) return 'mailbox-missing';
  if (error.code?.startsWith('ERR_SSL') || error.code?.startsWith('ERR_TLS')) {
    return byCode[error.code] ?? 'certificate-invalid';
  }
  const known = error.code ? byCode[error.code] : undefined;
  if (known) return known;
  if (error.responseStatus === 'NO' && overQuota.test(text)) return 'over-quota';
  if (error.responseStatus === 'NO' || error.responseStatus === 'BAD') return 'server-unavailable';
  return 'unexpected';
}

/**
 * True when the server took a connection and closed it without a word. Courier does so with those above MAXPERIP
 * (github.com/svarshavchik/courier, tcpd/tcpd.c: "Too many from same IP address"), and tells it to its log only.
 */
export function isClosedUnheard(thrown: unknown): boolean {
  const error: LibraryError = thrown && typeof thrown === 'object' ? thrown : {};
  const { code, reason } = error;
  return !reason && (code === 'ClosedAfterConnectText' || code === 'ClosedAfterConnectTLS');
}

/** True when the connection itself is gone, so that the same request on a new one may succeed. */
export function isConnectionLost(thrown: unknown): boolean {
  const code = thrown && typeof thrown === 'object' ? (thrown as { code?: unknown }).code : undefined;
  return (
    code === 'NoConnection' ||
    code === 'EConnectionClosed' ||
    code === 'StateLogout' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    code === 'NoMailboxSelected'
  );
}

/** What imapflow throws when the connection is gone, for where it answers false instead. */
export function connectionLost(): Error {
  return Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
}

/** Exchange signs in on a connection that then answers BAD to everything (github.com/Webklex/php-imap/issues/464). */
export function isConnectionUseless(thrown: unknown): boolean {
  const text = thrown && typeof thrown === 'object' ? (thrown as LibraryError).responseText : undefined;
  return /authenticated but not connected/i.test(text ?? '');
}
