import { imageType } from './image-type.ts';

/** Pixels of a picture, and of all frames of an animation together, beyond which drawing it fills a browser's memory or its time. */
const maxPixels = 50_000_000;
const maxAnimatedPixels = 1_000_000_000;
/** Pieces of a file that are looked at. */
const maxSteps = 100_000;

/**
 * Whether a browser may be given a picture to draw: its own headers say how large that is, and it is within the limits
 * (check 73). False also where they don't say. Nothing is decoded.
 */
export function isDrawable(bytes: Uint8Array): boolean {
  const size = sizeOf(bytes);
  return size !== null && size.canvas > 0 && size.canvas <= maxPixels && size.frames <= maxAnimatedPixels;
}

/** In pixels. */
interface Size {
  canvas: number;
  /** Of all frames together; 0 where there is one. */
  frames: number;
}

function sizeOf(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (imageType(bytes)) {
      case 'image/png':
        return pngSize(view);
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/gif':
        return gifSize(view);
      case 'image/webp':
        return webpSize(view);
      case null:
        return null;
    }
  } catch {
    return null; // It ends before it says.
  }
}

/** IHDR comes first; each frame of an animation has a chunk of its own (PNG third edition, 11.2.1 and 11.3.6.2). */
function pngSize(view: DataView): Size {
  const canvas = view.getUint32(16) * view.getUint32(20);
  let frames = 0;
  let at = 8;
  for (let step = 0; at + 12 <= view.byteLength; step += 1) {
    if (step > maxSteps) return { canvas, frames: Infinity };
    if (nameAt(view, at + 4) === 'fcTL') frames += canvas; // Each is laid over the whole.
    at += 12 + view.getUint32(at);
  }
  return { canvas, frames };
}

/** What the first frame header says (ITU T.81, B.2.2). */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  for (let step = 0; step < maxSteps; step += 1) {
    // Whatever stands between segments is passed over.
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { canvas: view.getUint16(at + 4) * view.getUint16(at + 6), frames: 0 };
    const isAlone = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd9);
    at += isAlone ? 1 : 1 + view.getUint16(at + 1);
  }
  return null;
}

/** The screen, and frames that may reach beyond it (GIF89a, 18 and 20). */
function gifSize(view: DataView): Size {
  let [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let count = 0;
  let at = 13 + colorTable(view.getUint8(10));
  for (let step = 0; at + 10 <= view.byteLength; step += 1) {
    if (step > maxSteps) return { canvas: width * height, frames: Infinity };
    const kind = view.getUint8(at);
    if (kind === 0x21) {
      at = afterBlocks(view, at + 2);
      continue;
    }
    if (kind !== 0x2c) break;
    width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
    height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
    count += 1;
    at = afterBlocks(view, at + 11 + colorTable(view.getUint8(at + 9)));
  }
  return { canvas: width * height, frames: width * height * count };
}

function colorTable(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function afterBlocks(view: DataView, start: number): number {
  let at = start;
  while (at < view.byteLength && view.getUint8(at) > 0) at += 1 + view.getUint8(at);
  return at + 1;
}

/** One picture, lossy or not, or a canvas with frames (RFC 9649 sections 2.5 to 2.7). */
function webpSize(view: DataView): Size | null {
  const kind = nameAt(view, 12);
  if (kind === 'VP8 ')
    return { canvas: (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff), frames: 0 };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { canvas: ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1), frames: 0 };
  }
  if (kind !== 'VP8X') return null;
  const canvas = ((view.getUint32(24, true) & 0xffffff) + 1) * ((view.getUint32(26, true) >>> 8) + 1);
  let frames = 0;
  let at = 30;
  for (let step = 0; at + 8 <= view.byteLength; step += 1) {
    if (step > maxSteps) return { canvas, frames: Infinity };
    if (nameAt(view, at) === 'ANMF') frames += canvas;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  return { canvas, frames };
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
