/** Pixels in memory, red-green-blue, drawn by plain functions. */
export interface Canvas {
  width: number;
  height: number;
  /** Three octets a pixel, row by row. */
  pixels: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Paints every pixel with what `colourAt` says for it (x and y from 0 to 1). */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Canvas {
  const pixels = new Uint8Array(width * height * 3);
  let offset = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [red, green, blue] = colourAt(column / width, row / height);
      pixels[offset] = red;
      pixels[offset + 1] = green;
      pixels[offset + 2] = blue;
      offset += 3;
    }
  }
  return { width, height, pixels };
}

/** Between two colours: 0 is the first, 1 the second. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const t = Math.min(1, Math.max(0, share));
  return [one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t, one[2] + (other[2] - one[2]) * t];
}

/** "#rrggbb" as a colour. */
export function colour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
