import 'server-only';

/**
 * Undoes a content transfer encoding (RFC 2045 section 6) piece by piece; lenient, as mail is: junk in base64 is skipped,
 * a broken quoted-printable escape stays as it stands, nothing throws.
 */
export interface TransferDecoder {
  write(bytes: Buffer): Buffer;
  end(): Buffer;
}

export function transferDecoder(encoding: string): TransferDecoder {
  if (encoding === 'base64') return base64Decoder();
  if (encoding === 'quoted-printable') return quotedPrintableDecoder();
  return { write: (bytes) => bytes, end: () => Buffer.alloc(0) };
}

export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  const decoder = transferDecoder(encoding);
  return Buffer.concat([decoder.write(bytes), decoder.end()]);
}

function base64Decoder(): TransferDecoder {
  let rest = '';
  return {
    write(bytes) {
      const text = rest + bytes.toString('latin1').replace(/[^A-Za-z0-9+/]/g, '');
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      return Buffer.from(text.slice(0, whole), 'base64');
    },
    end: () => Buffer.from(rest, 'base64'),
  };
}

function quotedPrintableDecoder(): TransferDecoder {
  let rest = '';
  const decode = (text: string) =>
    Buffer.from(
      text
        .replace(/[ \t]+(?=\r?\n)/g, '')
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    );
  return {
    write(bytes) {
      const text = rest + bytes.toString('latin1');
      // An escape or blanks at a line's end may go on in the next piece: whole lines only.
      const cut = text.lastIndexOf('\n') + 1;
      if (cut === 0 && text.length < 100_000) {
        rest = text;
        return Buffer.alloc(0);
      }
      const end = cut || text.length - 3;
      rest = text.slice(end);
      return decode(text.slice(0, end));
    },
    end: () => decode(rest.replace(/=$/, '')),
  };
}
