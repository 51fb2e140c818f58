import { headerDate } from './moment.ts';
import { nextMessageId } from './compose.ts';
import type { SeedMessage } from './seed-message.ts';

/** A message whose octets are written by hand: for charsets, broken headers and whatever a builder would put right. */
export interface RawLetter {
  /** Header lines in their order, without Date and Message-ID unless `bare`. */
  headers: (string | Buffer)[];
  body: Buffer | string;
  at: Date;
  mailbox?: string;
  flags?: string[];
  seen?: boolean;
  /** Leaves out Date and Message-ID. */
  bare?: boolean;
}

export function rawLetter({ headers, body, at, mailbox = 'INBOX', flags = [], seen, bare }: RawLetter): SeedMessage {
  const own = bare ? [] : [`Date: ${headerDate(at, 60)}`, `Message-ID: ${nextMessageId('raw@letters.example')}`];
  const lines = [...headers, ...own].flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')]);
  const octets = typeof body === 'string' ? Buffer.from(body.replace(/\r?\n/g, '\r\n')) : body;
  const raw = Buffer.concat([...lines, Buffer.from('\r\n'), octets]);
  return { mailbox, raw, flags, receivedAt: at, ...(seen === undefined ? {} : { seen }) };
}
