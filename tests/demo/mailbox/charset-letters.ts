import encodingJapanese from 'encoding-japanese';
import iconv from 'iconv-lite';
import { minutesBefore, workingTime } from './moment.ts';
import type { Random } from './random.ts';
import { rawLetter } from './raw-letter.ts';
import { foreignLetters } from './foreign-letters.ts';
import type { ForeignLetter } from './foreign-letters.ts';
import type { SeedMessage } from './seed-message.ts';

/** Letters from abroad in the charsets their writers use, each a few times over the years. */
export function charsetLetters(now: Date, random: Random): SeedMessage[] {
  return foreignLetters.flatMap((letter) => {
    const first = letter.hoursAgo === undefined ? [] : [write(letter, minutesBefore(now, letter.hoursAgo * 60))];
    const earlier = Array.from({ length: letter.times ?? 2 }, () => write(letter, workingTime(now, random.between(3, 1800), random)));
    return [...first, ...earlier];
  });
}

function write(letter: ForeignLetter, at: Date): SeedMessage {
  const { charset, declared = charset, transfer, address, name, subject, text, parameters = '' } = letter;
  const word = (value: string) => (/^[\x20-\x7e]*$/.test(value) ? value : encodedWord(value, declared, charset));
  const type = letter.html ? 'text/html' : 'text/plain';
  return rawLetter({
    headers: [
      `From: ${word(name)} <${address}>`,
      'To: Ann Lee <ann@example.test>',
      `Subject: ${word(subject)}`,
      'MIME-Version: 1.0',
      `Content-Type: ${type}; charset=${declared}${parameters}`,
      `Content-Transfer-Encoding: ${transfer}`,
    ],
    body: transferEncoded(encode(text.replace(/\n/g, '\r\n'), charset), transfer),
    at,
    mailbox: letter.mailbox ?? 'INBOX',
    flags: letter.flags ?? [],
  });
}

function encode(text: string, charset: string): Buffer {
  if (charset !== 'iso-2022-jp') return iconv.encode(text, charset);
  return Buffer.from(encodingJapanese.convert(text, { to: 'JIS', from: 'UNICODE', type: 'array' }));
}

function transferEncoded(octets: Buffer, transfer: ForeignLetter['transfer']): Buffer {
  if (transfer === 'base64') return Buffer.from(octets.toString('base64').replace(/.{76}/g, '$&\r\n'));
  if (transfer !== 'quoted-printable') return octets;
  const lines = octets.toString('latin1').split('\r\n').map(quotedLine);
  return Buffer.from(lines.join('\r\n'));
}

/** Quoted-printable (RFC 2045 section 6.7) with soft breaks. */
function quotedLine(line: string): string {
  const pieces = Array.from(line, (character) =>
    /[!-<>-~ ]/.test(character) ? character : `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  let out = '';
  let length = 0;
  for (const piece of pieces) {
    if (length + piece.length > 73) {
      out += '=\r\n';
      length = 0;
    }
    out += piece;
    length += piece.length;
  }
  return out.replace(/ $/, '=20');
}

/** RFC 2047, B, cut between characters so that each word stands alone. */
function encodedWord(value: string, declared: string, charset: string): string {
  const words: string[] = [];
  for (let rest = Array.from(value); rest.length > 0; rest = rest.slice(10)) {
    words.push(`=?${declared}?B?${encode(rest.slice(0, 10).join(''), charset).toString('base64')}?=`);
  }
  return words.join('\r\n ');
}
