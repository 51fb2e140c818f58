import 'server-only';
import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import { MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import type { Refusal } from '#lib/mail/outgoing.ts';
import type { Account } from '#server/auth/account.ts';
import { extensionsOf, logIn, withSubmission } from './submission.ts';
import { statusOf, toMailError, toRefusal } from './to-mail-error.ts';

/** RFC 5321's envelope: who gets it is exactly this, whatever the headers say. */
export interface SmtpEnvelope {
  /** Empty: nobody, whom no error can be told (RFC 5321 section 4.5.5). */
  from: string;
  to: string[];
  /** Octets of the message. */
  size: number;
  /** Names the message in delivery notices (RFC 3461 section 4.4); null: none is asked for. */
  notifyAs: string | null;
  has8Bit: boolean;
}

export type Submission =
  /** The server took the message for `accepted`; `deferred` may be tried again later. */
  | { kind: 'taken'; accepted: string[]; refused: Refusal[]; deferred: string[] }
  /** Nobody gets it; `deferred` may be tried again later, `refused` not. */
  | { kind: 'nobody'; refused: Refusal[]; deferred: string[] }
  /** A final no to the message as a whole. */
  | { kind: 'rejected'; code: MailErrorCode; status: string }
  /** The line broke between the last octet and the answer (RFC 5321 section 4.5.3.2.6): taken or not, nobody knows. */
  | { kind: 'unsure' };

interface SendError {
  responseCode?: number;
  response?: string;
  rejectedErrors?: (SendError & { recipient?: string })[];
}

/**
 * Hands a message to the submission server. `commit` is called after its last octet was given away and before the line with the
 * dot that makes it the server's: until then the server forgets everything when the line breaks. If it throws, nothing is
 * sent. Throws a MailError for what happened before; utf8-refused when an address needs SMTPUTF8 and there is none.
 */
export async function submit(
  account: Account,
  password: string,
  envelope: SmtpEnvelope,
  content: AsyncIterable<Uint8Array>,
  commit: () => void,
): Promise<Submission> {
  let isCommitted = false;
  let sourceFailure: unknown = null;
  let answer: Submission | null = null;
  const wire = new Map(envelope.to.map((address) => [toWireAddress(address), address]));
  try {
    return await withSubmission(async (connection) => {
      await logIn(connection, account, password);
      const extensions = extensionsOf(connection);
      const from = toWireAddress(envelope.from);
      if (!extensions.utf8 && [from, ...wire.keys()].some((address) => /[^\0-\x7f]/.test(address))) {
        throw new MailError('utf8-refused');
      }
      const dsn = { ret: 'HDRS', envid: envelope.notifyAs ?? '', notify: ['SUCCESS', 'FAILURE', 'DELAY'] };
      const message = Readable.from(
        withCommit(
          content,
          () => {
            commit();
            isCommitted = true;
          },
          (error) => (sourceFailure = error),
        ),
        { objectMode: false },
      );
      answer = await new Promise<Submission>((resolve, reject) =>
        connection.send(
          {
            from,
            to: [...wire.keys()],
            size: envelope.size,
            use8BitMime: envelope.has8Bit,
            ...(envelope.notifyAs === null ? {} : { dsn }),
          },
          message,
          (error, info) => {
            if (error) return reject(error);
            const { refused, deferred } = sort(info?.rejectedErrors ?? [], wire);
            const accepted = (info?.accepted ?? []).map((address) => wire.get(address) ?? address);
            resolve({ kind: 'taken', accepted, refused, deferred });
          },
        ),
      );
      return answer;
    });
  } catch (error) {
    if (answer) return answer;
    if (sourceFailure !== null) throw toMailError(sourceFailure);
    const cause = (error instanceof Error ? error.cause : null) ?? error;
    const { responseCode = 0, rejectedErrors, ...rest }: SendError = cause && typeof cause === 'object' ? cause : {};
    if (isCommitted && responseCode === 0) return { kind: 'unsure' };
    const [first] = rejectedErrors ?? [];
    if (rejectedErrors?.length && first) {
      const isAboutSender = rejectedErrors.every((one) => isFinalFor(one, toWireAddress(envelope.from)));
      if (isAboutSender) return { kind: 'rejected', code: 'sender-refused', status: statusOf(first) };
      return { kind: 'nobody', ...sort(rejectedErrors, wire) };
    }
    const known = toMailError(error);
    const isFinal = ['sender-refused', 'message-refused', 'message-too-large'].includes(known.code);
    if (isFinal) return { kind: 'rejected', code: known.code, status: statusOf({ responseCode, ...rest }) };
    throw known;
  }
}

async function* withCommit(
  content: AsyncIterable<Uint8Array>,
  commit: () => void,
  onFailure: (error: unknown) => void,
) {
  try {
    yield* content;
    commit();
  } catch (error) {
    onFailure(error);
    throw new Error('The message cannot be read', { cause: error }); // nodemailer writes its own code into what it is given.
  }
}

/** Postfix says no to a sender only with the recipients (smtpd_delay_reject), and then names whom it means first. */
function isFinalFor(
  { responseCode = 0, response = '', recipient }: SendError & { recipient?: string },
  sender: string,
) {
  const about = /^\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?<([^<>]*)>:/.exec(response)?.[1]?.toLowerCase();
  return responseCode >= 500 && about === sender.toLowerCase() && about !== recipient?.toLowerCase();
}

/** A no below 500 may be a yes later (RFC 5321 section 4.2.1). */
function sort(errors: NonNullable<SendError['rejectedErrors']>, wire: ReadonlyMap<string, string>) {
  const refused: Refusal[] = [];
  const deferred: string[] = [];
  for (const error of errors) {
    const address = wire.get(error.recipient ?? '') ?? error.recipient ?? '';
    if ((error.responseCode ?? 0) < 500) deferred.push(address);
    else refused.push(toRefusal(address, error));
  }
  return { refused, deferred };
}

/** The domain in ASCII (RFC 5890), but where the part before the @ needs SMTPUTF8 anyway (RFC 6531 section 3.3). */
export function toWireAddress(address: string): string {
  if (address === '') return '';
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (/[^\0-\x7f]/.test(local)) return address;
  return `${local}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}
