import 'server-only';
import type { Address } from '#lib/mail/address.ts';
import { MailError } from '#lib/errors.ts';
import { addressField } from './compose-message.ts';

/** A message that is sent on as it is. */
export interface ResentPlan {
  from: Address;
  to: Address[];
  cc: Address[];
  messageId: string;
  /** The octets of the message. */
  open(): AsyncIterable<Uint8Array>;
}

/** More header than this is none that a server would take. Octets. */
const mostHeader = 256 * 1024;

/** What was between its writer and us, or is nobody's business: the first path, whom it was hidden from, and our own notes in a draft. */
const dropped = /^(?:bcc|resent-bcc|return-path|x-pipit-[\w-]+):/i;

/**
 * The message with the block of Resent fields before its own (RFC 5322 section 3.6.6), all but their date; then itself,
 * octet by octet. Throws message-refused when what is attached has no header.
 */
export async function* resentMessage(plan: ResentPlan): AsyncGenerator<Buffer> {
  yield Buffer.concat([
    resent(addressField('From', [plan.from])),
    resent(addressField('To', plan.to)),
    resent(addressField('Cc', plan.cc)),
    Buffer.from(`Resent-Message-ID: ${plan.messageId}\r\n`),
  ]);
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of plan.open()) {
    if (!head) {
      yield Buffer.from(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= mostHeader) continue;
    if (end < 0) throw new MailError('message-refused');
    yield withoutDropped(head.subarray(0, end + 2));
    yield head.subarray(end + 2);
    head = null;
  }
  if (head) throw new MailError('message-refused');
}

function resent(field: Buffer): Buffer {
  return field.length > 0 ? Buffer.concat([Buffer.from('Resent-'), field]) : field;
}

function withoutDropped(head: Buffer): Buffer {
  const fields = head.toString('latin1').split(/(?<=\r\n)(?![ \t])/);
  return Buffer.from(fields.filter((field) => !dropped.test(field)).join(''), 'latin1');
}
