/** What passes one way of a connection: texts (latin1, without their CRLF) and the literals between them (RFC 9051 section 4.3). */
export interface PieceHandler {
  /** `isFirst`: a line begins. Else it is what follows a literal of the same line. */
  text(text: string, isFirst: boolean): void;
  /** A piece of a literal, as it comes. */
  octets(bytes: Buffer): unknown;
}

const literalAtEnd = /\{(\d+)\+?\}$/;

export interface PieceCutter {
  (chunk: Buffer): void;
  /** The literal that was announced does not come: its command was refused. */
  expectLine(): void;
}

/** Cuts a stream into its pieces, without waiting for a line to be whole: its sender may wait for a "+" in the middle of it. */
export function imapPieces(handler: PieceHandler): PieceCutter {
  let rest: Buffer = Buffer.alloc(0);
  let literal = 0;
  let isFirst = true;
  const cut = (chunk: Buffer) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length > 0) {
      if (literal > 0) {
        const bytes = rest.subarray(0, literal);
        rest = rest.subarray(bytes.length);
        literal -= bytes.length;
        handler.octets(bytes);
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0) return;
      const text = rest.subarray(0, end).toString('latin1');
      rest = rest.subarray(end + 2);
      const octets = literalAtEnd.exec(text)?.[1];
      literal = Number(octets ?? 0);
      handler.text(text, isFirst);
      isFirst = octets === undefined;
    }
  };
  return Object.assign(cut, {
    expectLine() {
      literal = 0;
      isFirst = true;
    },
  });
}
