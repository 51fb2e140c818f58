/**
 * Draws a mail's own colours for a dark page inside the filter: lightness is turned over, hue and most of the colourfulness stay, so red
 * is red and a brand is itself. Nothing is injected and no CSS filter is used.
 */
export interface Recolor {
  /** The value of a CSS property for the dark page. */
  value(property: string, value: string): string;
  /** A colour attribute such as bgcolor or color. */
  attribute(name: string, value: string): string;
}

/** Lightness of the page behind the mail and of its plain text, in OKLab's L. */
const paper = 0.222;
const ink = 0.93;

export function makeRecolor(document: Document): Recolor {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, string>();

  function turn(color: string, isBackground: boolean): string {
    const key = `${isBackground ? 'b' : 't'}${color}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const turned = context ? turnColor(context, color, isBackground) : color;
    known.set(key, turned);
    return turned;
  }

  return {
    value(property, value) {
      if (!/color|border|background/.test(property)) return value;
      const isBackground = property.startsWith('background');
      return value.replace(colorPattern, (color) => turn(color, isBackground));
    },
    attribute: (name, value) => turn(value.trim(), name === 'bgcolor'),
  };
}

const colorPattern =
  /#[0-9a-f]{3,8}\b|(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\([^()]*\)|\b(?:white|black|gray|grey|silver|red|green|blue|navy|maroon|purple|teal|orange|yellow|lime|aqua|olive|fuchsia|whitesmoke|ghostwhite|snow|ivory|gainsboro|lightgr[ae]y|darkgr[ae]y|dimgr[ae]y|slategr[ae]y|crimson|tomato|gold|brown|darkblue|darkred|darkgreen|steelblue|royalblue|dodgerblue|lightblue|lightyellow|beige|linen|seashell|azure|aliceblue|lavender|honeydew|mintcream|floralwhite|oldlace|cornsilk)\b/gi;

function turnColor(context: CanvasRenderingContext2D, color: string, isBackground: boolean): string {
  const marker = '#010203';
  context.fillStyle = marker;
  context.fillStyle = color;
  if (context.fillStyle === marker && color.toLowerCase() !== marker) return color; // Not a colour after all.
  context.clearRect(0, 0, 1, 1);
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  if (alpha === 0) return color;
  const { l, a, b } = toOklab(red / 255, green / 255, blue / 255);
  // Backgrounds: white becomes the page, black stays a little above it. Text: black becomes ink, white stays.
  const turned = isBackground ? paper + (1 - l) * 0.42 : Math.max(0.62, ink - Math.min(l, 0.75) * 0.36);
  const chroma = isBackground ? 0.55 : 0.85;
  return `oklab(${turned.toFixed(3)} ${(a * chroma).toFixed(3)} ${(b * chroma).toFixed(3)}${alpha < 255 ? ` / ${(alpha / 255).toFixed(2)}` : ''})`;
}

/** sRGB (0 to 1) to OKLab (Ottosson 2020; CSS Color 4, section 10). */
function toOklab(red: number, green: number, blue: number): { l: number; a: number; b: number } {
  const [r, g, bl] = [red, green, blue].map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ]; // Three in, three out.
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}
