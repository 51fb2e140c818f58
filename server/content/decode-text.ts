import 'server-only';
import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import encodingJapanese from 'encoding-japanese';
import iconv from 'iconv-lite';
import type { PartNode } from '#lib/mail/part-node.ts';
import { decodeTransfer } from './decode-transfer.ts';

/** Labels in use that iconv-lite does not know, or that mean more than they say (WHATWG Encoding, section 4.2). */
const aliases: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'iso-8859-8-i': 'iso-8859-8',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'ks_c_5601-1987': 'cp949',
  'x-windows-949': 'cp949',
  'euc-kr': 'cp949',
  'x-sjis': 'shift_jis',
  'windows-31j': 'shift_jis',
  'ansi_x3.4-1968': 'us-ascii',
  'x-mac-roman': 'macroman',
  unicode: 'utf-16le',
};

/** Labels that say little: no label at all, or one that every mailer writes. */
const weak: ReadonlySet<string> = new Set(['', 'us-ascii', 'ascii', 'utf-8', 'utf8']);

/**
 * A text part's octets as text. The label is believed unless the octets refute it: 8-bit in a US-ASCII, Latin-1 or unlabelled part
 * is UTF-8 if it is valid UTF-8, else what chardet makes of it; a UTF-8 label over invalid octets likewise. Never throws;
 * the input may end anywhere. NULs are replaced and lone surrogates cannot come out.
 */
export function decodeText(encoded: Buffer, node: Pick<PartNode, 'encoding' | 'parameters' | 'mediaType'>): string {
  const bytes = decodeTransfer(encoded, node.encoding);
  const label = (node.parameters.charset ?? metaCharset(bytes, node.mediaType) ?? '').trim().toLowerCase();
  return decodeCharset(bytes, label).replace(/\0/g, '\ufffd').toWellFormed();
}

export function decodeCharset(bytes: Buffer, label: string): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  const charset = aliases[label] ?? label;
  if (/^iso-2022-jp/.test(charset)) return fromJapanese(bytes);
  const isWeak = weak.has(charset) || !iconv.encodingExists(charset);
  // Hardly any Latin text is valid UTF-8 by chance; UTF-8 under the old default label is everywhere.
  if ((isWeak || charset === 'windows-1252') && isUtf8(withoutCutCharacter(bytes)))
    return withoutCutCharacter(bytes).toString('utf8');
  if (!isWeak) return iconv.decode(bytes, charset);
  return guess(bytes);
}

/** A part read up to a limit may end inside a character, which must not make the whole look mislabelled. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let cut = 0; cut < 4 && cut < bytes.length; cut += 1) {
    const byte = bytes[bytes.length - 1 - cut] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return cut + 1 < needed ? bytes.subarray(0, bytes.length - 1 - cut) : bytes;
    }
  }
  return bytes;
}

function guess(bytes: Buffer): string {
  const found = chardet.detect(bytes.subarray(0, 64 * 1024))?.toLowerCase() ?? 'windows-1252';
  if (/^iso-2022-jp/.test(found)) return fromJapanese(bytes);
  const charset = aliases[found] ?? found;
  return iconv.decode(bytes, iconv.encodingExists(charset) && charset !== 'utf-8' ? charset : 'windows-1252');
}

function fromJapanese(bytes: Buffer): string {
  return encodingJapanese.convert(bytes, { from: 'JIS', to: 'UNICODE', type: 'string' });
}

/** `<meta charset>` of an HTML part without a label of its own (WHATWG HTML, section 13.2.3.2). */
function metaCharset(bytes: Buffer, mediaType: string): string | undefined {
  if (mediaType !== 'text/html') return undefined;
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(bytes.subarray(0, 2048).toString('latin1'))?.[1];
}
