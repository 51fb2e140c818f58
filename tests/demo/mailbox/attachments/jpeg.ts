import type { Canvas } from './canvas.ts';
import { acCodes, acCounts, acValues, dcCodes, dcCounts, dcValues, quantization, zigzag } from './jpeg-tables.ts';

/** Encodes a canvas as baseline JPEG (ITU T.81): 4:4:4, the standard's own tables, about quality 80. */
export function jpeg(canvas: Canvas): Buffer {
  const { width, height } = canvas;
  const bits = bitWriter();
  const previous = [0, 0, 0];
  const block = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let component = 0; component < 3; component += 1) {
        readBlock(canvas, left, top, component, block);
        previous[component] = writeBlock(transform(block), previous[component] ?? 0, bits);
      }
    }
  }
  return Buffer.concat([Buffer.from([0xff, 0xd8]), jfif(), tables(), frame(width, height), scan(), bits.end(), Buffer.from([0xff, 0xd9])]);
}

/** Eight by eight samples of Y, Cb or Cr (JFIF), level-shifted; the edge repeats the last pixel. */
function readBlock({ width, height, pixels }: Canvas, left: number, top: number, component: number, block: Float64Array): void {
  for (let index = 0; index < 64; index += 1) {
    const x = Math.min(width - 1, left + (index & 7));
    const y = Math.min(height - 1, top + (index >> 3));
    const offset = (y * width + x) * 3;
    const [red = 0, green = 0, blue = 0] = [pixels[offset], pixels[offset + 1], pixels[offset + 2]];
    if (component === 0) block[index] = 0.299 * red + 0.587 * green + 0.114 * blue - 128;
    if (component === 1) block[index] = -0.1687 * red - 0.3313 * green + 0.5 * blue;
    if (component === 2) block[index] = 0.5 * red - 0.4187 * green - 0.0813 * blue;
  }
}

const cosine = Array.from({ length: 64 }, (_, index) => {
  const [u, x] = [index >> 3, index & 7];
  return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});
const half = new Float64Array(64);

/** Forward DCT by rows and columns, then quantised, in zigzag order. */
function transform(block: Float64Array): Int16Array {
  for (let y = 0; y < 8; y += 1) {
    for (let u = 0; u < 8; u += 1) {
      let sum = 0;
      for (let x = 0; x < 8; x += 1) sum += (block[y * 8 + x] ?? 0) * (cosine[u * 8 + x] ?? 0);
      half[y * 8 + u] = sum;
    }
  }
  const out = new Int16Array(64);
  for (let index = 0; index < 64; index += 1) {
    const place = zigzag[index] ?? 0;
    const [v, u] = [place >> 3, place & 7];
    let sum = 0;
    for (let y = 0; y < 8; y += 1) sum += (half[y * 8 + u] ?? 0) * (cosine[v * 8 + y] ?? 0);
    out[index] = Math.round(sum / (quantization[place] ?? 1));
  }
  return out;
}

type Bits = ReturnType<typeof bitWriter>;

/** Huffman-codes one block (T.81 F.1.2); gives back its DC value for the next difference. */
function writeBlock(values: Int16Array, previousDc: number, bits: Bits): number {
  const dc = values[0] ?? 0;
  const difference = dc - previousDc;
  bits.code(dcCodes, size(difference));
  bits.number(difference);
  let zeros = 0;
  for (let index = 1; index < 64; index += 1) {
    const value = values[index] ?? 0;
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) bits.code(acCodes, 0xf0);
    bits.code(acCodes, (zeros << 4) | size(value));
    bits.number(value);
    zeros = 0;
  }
  if (zeros > 0) bits.code(acCodes, 0);
  return dc;
}

function size(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

function bitWriter() {
  const bytes: number[] = [];
  let buffer = 0;
  let length = 0;
  function write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit -= 1) {
      buffer = (buffer << 1) | ((value >> bit) & 1);
      length += 1;
      if (length < 8) continue;
      bytes.push(buffer);
      if (buffer === 0xff) bytes.push(0); // T.81 F.1.2.3: a stuffed zero.
      buffer = 0;
      length = 0;
    }
  }
  return {
    code(codes: ReadonlyMap<number, readonly [value: number, length: number]>, symbol: number): void {
      const code = codes.get(symbol);
      if (!code) throw new Error(`no code for ${symbol}`);
      write(code[0], code[1]);
    },
    number(value: number): void {
      const count = size(value);
      write(value < 0 ? value + (1 << count) - 1 : value, count);
    },
    end(): Buffer {
      if (length > 0) write(0x7f, 8 - length);
      return Buffer.from(bytes);
    },
  };
}

function segment(marker: number, data: number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}

function jfif(): Buffer {
  return segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
}

function tables(): Buffer {
  const inOrder = Array.from(zigzag, (place) => quantization[place] ?? 1);
  return Buffer.concat([segment(0xdb, [0, ...inOrder]), segment(0xc4, [0x00, ...dcCounts, ...dcValues]), segment(0xc4, [0x10, ...acCounts, ...acValues])]);
}

function frame(width: number, height: number): Buffer {
  return segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
}

function scan(): Buffer {
  return segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
}
