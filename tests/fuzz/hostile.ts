import fc from 'fast-check';

/** Pieces that break readers wherever they stand. */
const anywhere = [
  '', ' ', '\t', '\r\n', '\n', '\r', '\0', '\x7f', '\u00a0', '\u200b', '\u202e', '\ufeff', '\ufffd', '\ud800', 'é', '鶺鴒', '🐦', '\u{1F468}\u200d\u{1F469}',
  '"', '\\', "'", '<', '>', '(', ')', '[', ']', '{', '}', ':', ';', ',', '.', '@', '=', '?', '&', '%', '%00', '%zz', '../', '__proto__', 'constructor',
  '-1', '0', '4294967296', '9007199254740993', '18446744073709551616', '1e309', 'NaN', 'NIL', 'null', 'undefined',
];

/**
 * Texts made of a format's own words and of pieces that break readers, in any order; now and then one of them a hundred thousand times, since
 * what is slow shows only then. `most` below 60 pieces: always short, for one of many fields.
 */
export function hostileText(words: readonly string[], most = 60): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(words.length > 0 ? words : anywhere)) },
    { weight: 3, arbitrary: fc.constantFrom(...anywhere) },
    { weight: 2, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );
  const short = fc.array(piece, { maxLength: most }).map((pieces) => pieces.join(''));
  if (most < 60) return short;
  const long = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.integer({ min: 10, max: 100_000 }), short).map(([pieces, times, rest]) => {
    const unit = pieces.join('') || 'x';
    return unit.repeat(Math.min(times, Math.ceil(300_000 / unit.length))) + rest;
  });
  return fc.oneof({ weight: 20, arbitrary: short }, { weight: 1, arbitrary: long });
}

/** The same as octets: as UTF-8, as Latin-1, or anything. */
export function hostileOctets(words: readonly string[]): fc.Arbitrary<Buffer> {
  return fc.oneof(
    hostileText(words).map((text) => Buffer.from(text, 'utf8')),
    hostileText(words).map((text) => Buffer.from(text, 'latin1')),
    fc.uint8Array({ maxLength: 2_000 }).map((octets) => Buffer.from(octets)),
  );
}
