import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isDrawable } from './is-drawable.ts';

const octets = (...pieces: (string | number[] | Buffer)[]) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece))));
const high = (value: number) => [value >> 8, value & 255];
const low = (value: number) => [value & 255, value >> 8];
const word = (value: number) => [0, 0, ...high(value)];

const chunk = (name: string, content: Buffer) => octets(word(content.length), name, content, [0, 0, 0, 0]);
const png = (width: number, height: number, frames = 0) =>
  octets(
    '\x89PNG\r\n\x1a\n',
    chunk('IHDR', octets(word(width), word(height), [8, 0, 0, 0, 0])),
    ...Array.from({ length: frames }, () =>
      chunk('fcTL', octets(word(0), word(width), word(height), Buffer.alloc(14))),
    ),
    chunk('IDAT', deflateSync(Buffer.alloc(10))),
  );
const jpeg = (width: number, height: number) =>
  octets(
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
    [0xff, 0xff, 0xc4, 0, 3, 9],
    [0xff, 0xc2, 0, 11, 8],
    high(height),
    high(width),
    [1, 1, 0x11, 0],
  );
const gif = (width: number, height: number, frames: number, wide = width) =>
  octets(
    'GIF89a',
    low(width),
    low(height),
    [0x80, 0, 0, 1, 2, 3, 4, 5, 6],
    [0x21, 0xf9, 2, 7, 7, 0],
    ...Array.from({ length: frames }, () => octets([0x2c, 0, 0, 0, 0], low(wide), low(height), [0, 2, 1, 0, 0])),
    [0x3b],
  );
const webp = (kind: string, content: Buffer) => octets('RIFF\0\0\0\0WEBP', kind, low(content.length), [0, 0], content);
const canvas = (width: number, height: number) => octets([2, 0, 0, 0], low(width - 1), [0], low(height - 1), [0]);

test.each([
  ['a PNG', png(4_000, 3_000)],
  ['a PNG that moves', png(400, 300, 50)],
  ['a JPEG of a telephone', jpeg(8_064, 6_048)],
  ['a GIF that moves', gif(800, 600, 200)],
  ['a lossy WebP', webp('VP8 ', octets([0, 0, 0, 0x9d, 1, 0x2a], low(1_600), low(900)))],
  ['a WebP without loss', webp('VP8L', octets([0x2f, 99, 0, 9, 0]))],
  ['a WebP that moves', octets(webp('VP8X', canvas(500, 500)), 'ANMF', [4, 0, 0, 0, 1, 2, 3, 4])],
])('%s is drawn', (_what, bytes) => {
  expect(isDrawable(bytes)).toBe(true);
});

test.each([
  ['a PNG of 10,000 by 10,000', png(10_000, 10_000)],
  ['a PNG with 400 frames of 9 megapixels', png(3_000, 3_000, 400)],
  ['a JPEG of 10,000 by 10,000', jpeg(10_000, 10_000)],
  ['a GIF of 10,000 by 10,000', gif(10_000, 10_000, 1)],
  ['a small GIF with a frame of 60,000 by 1,000', gif(9, 1_000, 1, 60_000)],
  ['a GIF with 3,000 frames of a megapixel', gif(1_000, 1_000, 3_000)],
  ['a WebP of 16,000 by 16,000', webp('VP8 ', octets([0, 0, 0, 0x9d, 1, 0x2a], low(16_000), low(16_000)))],
  ['a WebP canvas of 10,000 by 10,000', webp('VP8X', canvas(10_000, 10_000))],
  ['a picture without a size', png(0, 9)],
  ['a picture that ends too soon', png(9, 9).subarray(0, 18)],
  ['a JPEG that never says', octets([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9])],
  ['a drawing with scripts', octets('<svg xmlns="http://www.w3.org/2000/svg"/>')],
])('check 73: %s is not', (_what, bytes) => {
  expect(isDrawable(bytes)).toBe(false);
});
